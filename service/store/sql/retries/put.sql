-- Deliveries that are to be sent again now: each begins anew.
insert into retries (clinic_id, subscriber_id, sequence, created_at, attempts, born_at, due_at)
select $1, $2, d.sequence, d.created_at, 0, $3, $3
from unnest($4::bigint[], $5::timestamptz[]) as d (sequence, created_at)
on conflict (clinic_id, subscriber_id, sequence) do update
set attempts = 0, born_at = excluded.born_at, due_at = excluded.due_at
