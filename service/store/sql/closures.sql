-- part: columns
closure_id, first_day, last_day, reason, created_at, created_by;

-- name: days
-- The days of every closure.
select first_day, last_day from closures
where clinic_id = :clinic
order by first_day, last_day;

-- name: delete
delete from closures
where clinic_id = :clinic and closure_id = :closure_id;

-- name: enter
-- Whoever enters a closure waits for missed visits that are being recorded, and these wait for it.
select pg_advisory_xact_lock(:lock);

-- name: find
select {columns}
from closures
where clinic_id = :clinic and closure_id = :closure_id;

-- name: heed
-- Missed visits are recorded beside each other, but never beside a closure that is being entered.
select pg_advisory_xact_lock_shared(:lock);

-- name: insert
insert into closures (clinic_id, closure_id, first_day, last_day, reason, created_at, created_by)
values (:clinic, :closure_id, :first_day, :last_day, :reason, :created_at, :created_by);

-- name: list
-- Closures entered before :before, newest first.
select {columns}
from closures
where clinic_id = :clinic and closure_id < :before
order by closure_id desc
limit :limit;
