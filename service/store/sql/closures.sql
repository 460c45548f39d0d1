-- name: days
-- The days of every closure.
select first_day, last_day from closures
where clinic_id = $1
order by first_day, last_day;

-- name: delete
delete from closures
where clinic_id = $1 and closure_id = $2;

-- name: enter
-- Whoever enters a closure waits for missed visits that are being recorded, and these wait for it.
select pg_advisory_xact_lock($1);

-- name: find
select closure_id, first_day, last_day, reason, created_at, created_by
from closures
where clinic_id = $1 and closure_id = $2;

-- name: heed
-- Missed visits are recorded beside each other, but never beside a closure that is being entered.
select pg_advisory_xact_lock_shared($1);

-- name: insert
insert into closures (clinic_id, closure_id, first_day, last_day, reason, created_at, created_by)
values ($1, $2, $3, $4, $5, $6, $7);

-- name: list
-- Closures entered before $2, newest first.
select closure_id, first_day, last_day, reason, created_at, created_by
from closures
where clinic_id = $1 and closure_id < $2
order by closure_id desc
limit $3;
