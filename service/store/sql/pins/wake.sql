-- It was right, or the front desk knows whom it has before it: wrong tries count from nothing again.
update pins set failures = 0, rests_until = null
where clinic_id = $1 and participant_id = $2
