insert into passkeys (
    clinic_id, passkey_id, participant_id, credential_id, public_key, sign_count, created_at
)
values ($1, $2, $3, $4, $5, $6, $7)
