-- Use a code up, which only one can do.
update sign_in_codes set used_at = $3
where clinic_id = $1 and code_index = $2 and used_at is null and retired_at is null and ends_at > $3
returning participant_id
