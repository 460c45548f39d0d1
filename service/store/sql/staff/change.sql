update staff set role = $3, name = $4, language = $5, disabled_at = $6, revision = revision + 1
where clinic_id = $1 and staff_id = $2
