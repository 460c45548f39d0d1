-- name: expire
delete from sign_in_tries where clinic_id = $1 and window_at < $2;

-- name: give_back
update sign_in_tries set tries = greatest(tries - 1, 0)
where clinic_id = $1 and place = $2 and window_at = $3;

-- name: take
insert into sign_in_tries (clinic_id, place, window_at, tries) values ($1, $2, $3, 1)
on conflict (clinic_id, place, window_at) do update set tries = sign_in_tries.tries + 1
returning tries;
