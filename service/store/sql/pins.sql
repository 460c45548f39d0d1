-- name: delete
delete from pins where clinic_id = :clinic and participant_id = :participant_id
returning participant_id;

-- name: find
select set_at from pins
where clinic_id = :clinic and participant_id = :participant_id;

-- name: put
insert into pins (clinic_id, participant_id, pin_hash, set_at) values (:clinic, :participant_id, :pin_hash, :now)
on conflict (clinic_id, participant_id)
do update set pin_hash = excluded.pin_hash, set_at = excluded.set_at, failures = 0, rests_until = null;

-- name: try
-- Count a try before it is known whether it is right, and give what to compare with; nothing while the PIN rests.
update pins
set
    failures = case when rests_until is null then failures + 1 else 1 end,
    rests_until = case when rests_until is null and failures + 1 >= :tries_max then :rests_until::timestamptz end
where clinic_id = :clinic and participant_id = :participant_id and (rests_until is null or rests_until <= :now)
returning pin_hash;

-- name: wake
-- It was right, or the front desk knows whom it has before it: wrong tries count from nothing again.
update pins set failures = 0, rests_until = null
where clinic_id = :clinic and participant_id = :participant_id;
