-- A try was right: what was counted is forgotten.
update staff set failures = 0, rests_until = null
where clinic_id = $1 and staff_id = $2
