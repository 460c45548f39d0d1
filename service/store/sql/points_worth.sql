-- part: columns
points_worth_id, amount, starts_on, reason, created_at, created_by;

-- name: holding
-- What points are worth on :day: the latest day up to it that something was said for, and of that the newest.
select {columns}
from points_worth
where clinic_id = :clinic and starts_on <= :day
order by starts_on desc, points_worth_id desc
limit 1;

-- name: insert
insert into points_worth (
    clinic_id, points_worth_id, amount, unit, starts_on, reason, created_at, created_by
)
values (:clinic, :points_worth_id, :amount, 'usd', :starts_on, :reason, :created_at, :created_by);

-- name: list
select {columns}
from points_worth
where clinic_id = :clinic and points_worth_id < :before
order by points_worth_id desc
limit :limit;
