-- name: end
update caps set ends_on = $3
where clinic_id = $1 and cap_id = $2 and ends_on is null;

-- name: find
select cap_id, per, unit, amount, funding, starts_on, ends_on, reason, created_at, created_by
from caps
where clinic_id = $1 and cap_id = $2;

-- name: insert
insert into caps (
    clinic_id, cap_id, per, unit, amount, funding, starts_on, ends_on, reason, created_at, created_by
)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11);

-- name: list
-- Caps set before $2, newest first; with $4, those that are in force on that day.
select cap_id, per, unit, amount, funding, starts_on, ends_on, reason, created_at, created_by
from caps
where
    clinic_id = $1
    and cap_id < $2
    and ($4::date is null or (starts_on <= $4 and (ends_on is null or ends_on >= $4)))
order by cap_id desc
limit $3;

-- name: whole
-- Every cap of the clinic in the order they were set; a clinic has a few.
select cap_id, per, unit, amount, starts_on, ends_on, funding
from caps
where clinic_id = $1
order by cap_id;
