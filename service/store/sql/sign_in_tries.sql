-- name: count
select tries from sign_in_tries
where clinic_id = :clinic_id and place = :place and window_at = :window_at;

-- name: expire
delete from sign_in_tries where clinic_id = :clinic_id and window_at < :before;

-- name: forget
delete from sign_in_tries where clinic_id = :clinic_id and place = :place;

-- name: give_back
update sign_in_tries set tries = greatest(tries - 1, 0)
where clinic_id = :clinic_id and place = :place and window_at = :window_at;

-- name: take
insert into sign_in_tries (clinic_id, place, window_at, tries) values (:clinic_id, :place, :window_at, 1)
on conflict (clinic_id, place, window_at) do update set tries = sign_in_tries.tries + 1
returning tries;
