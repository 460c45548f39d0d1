-- A replay that was asked for meanwhile is younger, and stands.
insert into retries (clinic_id, subscriber_id, sequence, created_at, attempts, born_at, due_at)
select $1, $2, r.sequence, r.created_at, r.attempts, r.born_at, r.due_at
from unnest($3::bigint[], $4::timestamptz[], $5::integer[], $6::timestamptz[], $7::timestamptz[])
    as r (sequence, created_at, attempts, born_at, due_at)
on conflict (clinic_id, subscriber_id, sequence) do update
set attempts = excluded.attempts, born_at = excluded.born_at, due_at = excluded.due_at
where retries.born_at <= excluded.born_at
