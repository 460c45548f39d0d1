-- Deliveries that are to be sent again now: one that is waiting for its turn has it now, and any other begins anew.
insert into retries (clinic_id, subscriber_id, sequence, attempts, due_at)
select $1, $2, d.sequence, 0, $3
from unnest($4::bigint[]) as d (sequence)
on conflict (clinic_id, subscriber_id, sequence) do update set due_at = excluded.due_at
