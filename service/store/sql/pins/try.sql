-- Count a try before it is known whether it is right, and give what to compare with; nothing while the PIN rests.
update pins
set
    failures = case when rests_until is null then failures + 1 else 1 end,
    rests_until = case when rests_until is null and failures + 1 >= $4 then $5::timestamptz end
where clinic_id = $1 and participant_id = $2 and (rests_until is null or rests_until <= $3)
returning pin_hash
