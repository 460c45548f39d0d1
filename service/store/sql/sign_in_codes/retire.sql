-- Take back a participant's codes of one kind that are not used yet.
update sign_in_codes set retired_at = $4
where clinic_id = $1 and participant_id = $2 and kind = $3 and used_at is null and retired_at is null
