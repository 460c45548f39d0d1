update passkeys set sign_count = $3, used_at = $4
where clinic_id = $1 and passkey_id = $2
