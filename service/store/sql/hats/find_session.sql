-- The hat that names were drawn from for one session, if there is one.
select hat_id from hats
where clinic_id = $1 and program = $2 and target = $3 and day = $4
