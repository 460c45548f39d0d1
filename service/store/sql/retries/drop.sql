-- A replay that was asked for meanwhile is younger, and stands.
delete from retries as r
using unnest($3::bigint[], $4::timestamptz[]) as done (sequence, born_at)
where r.clinic_id = $1 and r.subscriber_id = $2 and r.sequence = done.sequence and r.born_at = done.born_at
