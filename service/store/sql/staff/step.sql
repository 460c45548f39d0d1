-- Take a step of the second factor; each is taken once, and none before it afterwards.
update staff set totp_step = $3
where clinic_id = $1 and staff_id = $2 and totp_step < $3
returning staff_id
