-- Make the codes worth nothing that are not used yet.
update rescue_codes set used_at = $3
where clinic_id = $1 and staff_id = $2 and used_at is null
