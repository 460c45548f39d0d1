update sessions set seen_at = greatest(seen_at, $3)
where clinic_id = $1 and session_id = $2 and revoked_at is null
