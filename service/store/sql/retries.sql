-- name: drop
-- A replay that was asked for meanwhile is younger, and stands.
delete from retries as r
using unnest(:sequence::bigint[], :born_at::timestamptz[]) as done (sequence, born_at)
where
    r.clinic_id = :clinic
    and r.subscriber_id = :subscriber_id
    and r.sequence = done.sequence
    and r.born_at = done.born_at;

-- name: due
-- What is to be tried again by now, save what is in hand; its delivery may be gone with its week.
select r.sequence, r.attempts, r.born_at, r.created_at, d.delivery_id, d.type, d.participant_id, d.body
from (
    select clinic_id, subscriber_id, sequence, created_at, attempts, born_at, due_at from retries
    where
        clinic_id = :clinic
        and subscriber_id = :subscriber_id
        and due_at <= :now
        and sequence <> all(:in_hand::bigint[])
    order by due_at, sequence
    limit :limit
) as r
left join deliveries as d
    on r.clinic_id = d.clinic_id and r.subscriber_id = d.subscriber_id and r.sequence = d.sequence
    and r.created_at = d.created_at
order by r.due_at, r.sequence;

-- name: keep
-- A replay that was asked for meanwhile is younger, and stands.
insert into retries (clinic_id, subscriber_id, sequence, created_at, attempts, born_at, due_at)
select :clinic, :subscriber_id, r.sequence, r.created_at, r.attempts, r.born_at, r.due_at
from unnest(
    :sequence::bigint[], :created_at::timestamptz[], :attempts::integer[], :born_at::timestamptz[],
    :due_at::timestamptz[]
)
    as r (sequence, created_at, attempts, born_at, due_at)
on conflict (clinic_id, subscriber_id, sequence) do update
set attempts = excluded.attempts, born_at = excluded.born_at, due_at = excluded.due_at
where retries.born_at <= excluded.born_at;

-- name: put
-- Deliveries that are to be sent again now: each begins anew.
insert into retries (clinic_id, subscriber_id, sequence, created_at, attempts, born_at, due_at)
select :clinic, :subscriber_id, d.sequence, d.created_at, 0, :now, :now
from unnest(:sequence::bigint[], :created_at::timestamptz[]) as d (sequence, created_at)
on conflict (clinic_id, subscriber_id, sequence) do update
set attempts = 0, born_at = excluded.born_at, due_at = excluded.due_at;
