-- Take back a participant's codes that are not used yet, printed and sent.
update sign_in_codes set retired_at = $3
where clinic_id = $1 and participant_id = $2 and used_at is null and retired_at is null
