-- name: expire
delete from idempotency
where clinic_id = $1 and answered_at < $2 and not moved_value;

-- name: find
select digest, made, answer
from idempotency
where clinic_id = $1 and actor_id = $2 and key = $3;

-- name: find_many
-- First answers to the keys of one batch; $2 actors and $3 keys go together.
select i.actor_id, i.key, i.digest, i.made, i.answer
from unnest($2::uuid[], $3::text[]) as asked (actor_id, key)
cross join lateral (
    select * from idempotency
    where idempotency.clinic_id = $1 and idempotency.actor_id = asked.actor_id and idempotency.key = asked.key
    offset 0
) as i;

-- name: keep
insert into idempotency (clinic_id, actor_id, key, digest, made, answer, moved_value, answered_at)
values ($1, $2, $3, $4, $5, $6, $7, $8);

-- name: keep_many
insert into idempotency (clinic_id, actor_id, key, digest, made, answer, moved_value, answered_at)
select $1, k.actor_id, k.key, k.digest, 'created', k.answer, k.moved_value, $2
from unnest($3::uuid[], $4::text[], $5::bytea[], $6::bytea[], $7::boolean[])
    as k (actor_id, key, digest, answer, moved_value);

-- name: lock
select pg_advisory_xact_lock($1);
