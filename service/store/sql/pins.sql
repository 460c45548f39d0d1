-- name: delete
delete from pins where clinic_id = :clinic and participant_id = :participant_id
returning participant_id;

-- name: find
select set_at from pins
where clinic_id = :clinic and participant_id = :participant_id;

-- name: hash
select pin_hash from pins
where clinic_id = :clinic and participant_id = :participant_id;

-- name: put
insert into pins (clinic_id, participant_id, pin_hash, set_at) values (:clinic, :participant_id, :pin_hash, :now)
on conflict (clinic_id, participant_id)
do update set pin_hash = excluded.pin_hash, set_at = excluded.set_at;
