-- name: delete
delete from pins where clinic_id = $1 and participant_id = $2
returning participant_id;

-- name: find
select set_at from pins
where clinic_id = $1 and participant_id = $2;

-- name: put
insert into pins (clinic_id, participant_id, pin_hash, set_at) values ($1, $2, $3, $4)
on conflict (clinic_id, participant_id)
do update set pin_hash = excluded.pin_hash, set_at = excluded.set_at, failures = 0, rests_until = null;

-- name: try
-- Count a try before it is known whether it is right, and give what to compare with; nothing while the PIN rests.
update pins
set
    failures = case when rests_until is null then failures + 1 else 1 end,
    rests_until = case when rests_until is null and failures + 1 >= $4 then $5::timestamptz end
where clinic_id = $1 and participant_id = $2 and (rests_until is null or rests_until <= $3)
returning pin_hash;

-- name: wake
-- It was right, or the front desk knows whom it has before it: wrong tries count from nothing again.
update pins set failures = 0, rests_until = null
where clinic_id = $1 and participant_id = $2;
