-- By an index of their own: among years of settled ones those that are still to be settled are few.
select
    write_off_id, reward_id, pieces, reason, status, proposed_at, proposed_by, settled_at, settled_by, refusal
from write_offs
where clinic_id = $1 and write_off_id < $2 and status = $4
order by write_off_id desc
limit $3
