insert into sign_in_tries (clinic_id, place, window_at, tries) values ($1, $2, $3, 1)
on conflict (clinic_id, place, window_at) do update set tries = sign_in_tries.tries + 1
returning tries
