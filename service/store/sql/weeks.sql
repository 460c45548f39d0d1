-- name: drop
select drop_weeks($1);

-- name: make
select make_weeks($1, $2);
