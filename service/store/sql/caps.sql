-- part: columns
cap_id, per, unit, amount, funding, starts_on, ends_on, reason, created_at, created_by;

-- name: end
update caps set ends_on = :ends_on
where clinic_id = :clinic and cap_id = :cap_id and ends_on is null;

-- name: find
select {columns}
from caps
where clinic_id = :clinic and cap_id = :cap_id;

-- name: insert
insert into caps (
    clinic_id, cap_id, per, unit, amount, funding, starts_on, ends_on, reason, created_at, created_by
)
values (:clinic, :cap_id, :per, :unit, :amount, :funding, :starts_on, :ends_on, :reason, :created_at, :created_by);

-- name: list
-- Caps set before :before, newest first; with :day, those that are in force on that day.
select {columns}
from caps
where
    clinic_id = :clinic
    and cap_id < :before
    and (:day::date is null or (starts_on <= :day and (ends_on is null or ends_on >= :day)))
order by cap_id desc
limit :limit;

-- name: whole
-- Every cap of the clinic in the order they were set; a clinic has a few.
select cap_id, per, unit, amount, starts_on, ends_on, funding
from caps
where clinic_id = :clinic
order by cap_id;
