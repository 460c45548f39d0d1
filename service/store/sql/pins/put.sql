insert into pins (clinic_id, participant_id, pin_hash, set_at) values ($1, $2, $3, $4)
on conflict (clinic_id, participant_id)
do update set pin_hash = excluded.pin_hash, set_at = excluded.set_at, failures = 0, rests_until = null
