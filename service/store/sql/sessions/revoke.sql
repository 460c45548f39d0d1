update sessions set revoked_at = $3
where clinic_id = $1 and session_id = $2 and revoked_at is null
returning session_id
