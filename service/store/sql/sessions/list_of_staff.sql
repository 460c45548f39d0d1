-- The sessions of a member of staff that were not ended, newest first.
select session_id, kind, created_at, seen_at, ends_at, agent
from sessions
where clinic_id = $1 and staff_id = $2 and revoked_at is null and ends_at > $3
order by session_id desc
