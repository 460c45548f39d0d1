delete from passkeys where clinic_id = $1 and participant_id = $2 and passkey_id = $3
returning passkey_id
