select session_id, created_at, seen_at, agent from sessions
where clinic_id = $1 and kind = 'tablet' and revoked_at is null and ends_at > $2
order by session_id desc
