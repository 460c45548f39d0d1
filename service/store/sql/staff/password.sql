-- A new password; what was counted against the old one is forgotten.
update staff
set
    password_hash = $3, password_is_temporary = $4, password_changed_at = $5, failures = 0, rests_until = null,
    revision = revision + 1
where clinic_id = $1 and staff_id = $2
