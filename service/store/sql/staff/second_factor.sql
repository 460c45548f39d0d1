-- Begin with a second factor, or end it.
update staff set totp_secret = $3, totp_since = $4, totp_step = $5, revision = revision + 1
where clinic_id = $1 and staff_id = $2
