-- name: drop
select drop_weeks(:before_day);

-- name: make
select make_weeks(:first_day, :weeks);
