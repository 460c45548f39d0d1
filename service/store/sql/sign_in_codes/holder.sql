-- Whose code it is, where it can be used now.
select participant_id from sign_in_codes
where clinic_id = $1 and code_index = $2 and used_at is null and retired_at is null and ends_at > $3
