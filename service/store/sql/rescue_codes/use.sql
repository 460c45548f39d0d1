-- Take a code, once.
update rescue_codes set used_at = $4
where clinic_id = $1 and staff_id = $2 and code_index = $3 and used_at is null
returning code_index
