update consents
set revoked_at = $3, revoked_by = $4
where clinic_id = $1 and consent_id = $2 and revoked_at is null
