-- name: find
select
    write_off_id, reward_id, pieces, reason, status, proposed_at, proposed_by, settled_at, settled_by, refusal
from write_offs
where clinic_id = $1 and write_off_id = $2;

-- name: insert
insert into write_offs (clinic_id, write_off_id, reward_id, pieces, reason, proposed_at, proposed_by)
values ($1, $2, $3, $4, $5, $6, $7);

-- name: list
select
    write_off_id, reward_id, pieces, reason, status, proposed_at, proposed_by, settled_at, settled_by, refusal
from write_offs
where clinic_id = $1 and write_off_id < $2
order by write_off_id desc
limit $3;

-- name: list_of_status
-- By an index of their own: among years of settled ones those that are still to be settled are few.
select
    write_off_id, reward_id, pieces, reason, status, proposed_at, proposed_by, settled_at, settled_by, refusal
from write_offs
where clinic_id = $1 and write_off_id < $2 and status = $4
order by write_off_id desc
limit $3;

-- name: settle
update write_offs set status = $3, settled_at = $4, settled_by = $5, refusal = $6
where clinic_id = $1 and write_off_id = $2 and status = 'proposed';
