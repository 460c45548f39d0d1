-- part: columns
write_off_id, reward_id, pieces, reason, status, proposed_at, proposed_by, settled_at, settled_by, refusal;

-- name: find
select {columns}
from write_offs
where clinic_id = :clinic and write_off_id = :write_off_id;

-- name: insert
insert into write_offs (clinic_id, write_off_id, reward_id, pieces, reason, proposed_at, proposed_by)
values (:clinic, :write_off_id, :reward_id, :pieces, :reason, :proposed_at, :proposed_by);

-- name: list
select {columns}
from write_offs
where clinic_id = :clinic and write_off_id < :before
order by write_off_id desc
limit :limit;

-- name: list_of_status
-- By an index of their own: among years of settled ones those that are still to be settled are few.
select {columns}
from write_offs
where clinic_id = :clinic and write_off_id < :before and status = :status
order by write_off_id desc
limit :limit;

-- name: settle
update write_offs set status = :status, settled_at = :settled_at, settled_by = :settled_by, refusal = :refusal
where clinic_id = :clinic and write_off_id = :write_off_id and status = 'proposed';
