-- Send again what was queued for a subscriber from $4 on and before $5; with $6 only what was not delivered.
-- What was never tried is on its way already. $1 clinic, $2 subscriber, $3 now.
insert into retries (clinic_id, subscriber_id, sequence, created_at, attempts, born_at, due_at)
select $1, $2, d.sequence, d.created_at, 0, $3, $3
from deliveries as d
cross join lateral (
    select a.outcome from attempts as a
    where a.clinic_id = $1 and a.subscriber_id = $2 and a.sequence = d.sequence and a.at >= d.created_at
    order by a.at desc, a.attempt_no desc
    limit 1
) as last
where
    d.clinic_id = $1
    and d.subscriber_id = $2
    and d.created_at >= $4
    and ($5::timestamptz is null or d.created_at < $5)
    and (not $6 or last.outcome <> 'delivered')
on conflict (clinic_id, subscriber_id, sequence) do update
set attempts = 0, born_at = excluded.born_at, due_at = excluded.due_at
