select passkey_id, participant_id, public_key, sign_count from passkeys
where clinic_id = $1 and credential_id = $2
