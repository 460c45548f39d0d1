-- part: columns
budget_id, program, funding, unit, amount, starts_on, ends_on, warn_percent, reason, revision, created_at, created_by;

-- name: change
update budgets
set
    amount = :amount, ends_on = :ends_on, warn_percent = :warn_percent, reason = :reason, revision = revision + 1
where clinic_id = :clinic and budget_id = :budget_id;

-- name: find
select {columns}
from budgets
where clinic_id = :clinic and budget_id = :budget_id;

-- name: insert
insert into budgets (
    clinic_id, budget_id, program, funding, unit, amount, starts_on, ends_on, warn_percent, reason, created_at,
    created_by
)
values (
    :clinic, :budget_id, :program, :funding, :unit, :amount, :starts_on, :ends_on, :warn_percent, :reason, :now,
    :created_by
);

-- name: list
-- Budgets set before :before, newest first; with :day, those that pay what counts for that day.
select {columns}
from budgets
where
    clinic_id = :clinic
    and budget_id < :before
    and (:day::date is null or (starts_on <= :day and ends_on >= :day))
order by budget_id desc
limit :limit;

-- name: lock
-- One budget, which no other transaction changes before this one ends.
select {columns}
from budgets
where clinic_id = :clinic and budget_id = :budget_id
for no key update;

-- name: open_enrollments
-- How many enrollments of each version, funder, start day and planned end are open.
select program, version, funding, starts_on, ends_on, count(*)::integer as people
from enrollments
where clinic_id = :clinic and closed_on is null
group by program, version, funding, starts_on, ends_on;

-- name: spent
-- What was credited for the days of some budgets, less what was taken back.
select b.budget_id, (
    select coalesce(sum(d.credited - d.taken_back), 0)::bigint
    from paid_days as d
    where
        d.clinic_id = :clinic and d.day >= b.starts_on and d.day <= b.ends_on and d.unit = b.unit
        and (b.program is null or d.program = b.program)
        and d.funding = coalesce(b.funding, '')
) as spent
from budgets as b
where b.clinic_id = :clinic and b.budget_id = any(:budgets::uuid[]);

-- name: tell
-- Keep what of a budget was reached for the first time with its amount as it is, and say so where it is new.
insert into budget_warnings (clinic_id, budget_id, amount, percent, spent, reached_at)
values (:clinic, :budget_id, :amount, :percent, :spent, :now)
on conflict (clinic_id, budget_id, amount, percent) do nothing
returning budget_id;
