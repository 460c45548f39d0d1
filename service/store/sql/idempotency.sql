-- name: expire
delete from idempotency
where clinic_id = :clinic and answered_at < :before and not moved_value;

-- name: find
-- The first answer to a key, sealed, or the receipt of the event that it is.
select i.digest, i.made, i.answer, e.receipt
from idempotency as i
left join lateral (
    select events.receipt from events
    where events.clinic_id = :clinic and events.event_id = i.event_id
    offset 0
) as e on true
where i.clinic_id = :clinic and i.actor_id = :actor_id and i.key = :key;

-- name: find_many
-- First answers to the keys of one batch; :actors and :keys go together.
select i.actor_id, i.key, i.digest, i.made, i.answer, e.receipt
from unnest(:actors::uuid[], :keys::text[]) as asked (actor_id, key)
cross join lateral (
    select * from idempotency
    where idempotency.clinic_id = :clinic and idempotency.actor_id = asked.actor_id and idempotency.key = asked.key
    offset 0
) as i
left join lateral (
    select events.receipt from events
    where events.clinic_id = :clinic and events.event_id = i.event_id
    offset 0
) as e on true;

-- name: keep
insert into idempotency (clinic_id, actor_id, key, digest, made, answer, moved_value, answered_at)
values (:clinic, :actor_id, :key, :digest, :made, :answer, :moved_value, :now);

-- name: keep_many
insert into idempotency (clinic_id, actor_id, key, digest, made, answer, event_id, moved_value, answered_at)
select :clinic, k.actor_id, k.key, k.digest, 'created', k.answer, k.event_id, k.moved_value, :now
from unnest(
    :actor_id::uuid[], :key::text[], :digest::bytea[], :answer::bytea[], :event_id::uuid[], :moved_value::boolean[]
) as k (actor_id, key, digest, answer, event_id, moved_value);

-- name: lock
select pg_advisory_xact_lock(:lock);
