select
    write_off_id, reward_id, pieces, reason, status, proposed_at, proposed_by, settled_at, settled_by, refusal
from write_offs
where clinic_id = $1 and write_off_id < $2
order by write_off_id desc
limit $3
