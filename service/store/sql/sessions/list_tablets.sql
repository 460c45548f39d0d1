-- Nobody's session but a tablet's lasts longer than a day, so the end alone finds them among all others.
select session_id, created_at, seen_at, agent from sessions
where clinic_id = $1 and kind = 'tablet' and revoked_at is null and ends_at > $2
order by session_id desc
