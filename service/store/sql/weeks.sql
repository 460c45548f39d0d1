-- name: drop
-- The database drops nothing younger than a fortnight, whatever a shifted clock says.
select drop_weeks(least(:before_day, current_date - 14));

-- name: make
select make_weeks(:first_day, :weeks);
