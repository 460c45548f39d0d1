select passkey_id, credential_id, created_at, used_at from passkeys
where clinic_id = $1 and participant_id = $2
order by passkey_id
