insert into idempotency (clinic_id, actor_id, key, digest, made, answer, moved_value, answered_at)
select $1, k.actor_id, k.key, k.digest, 'created', k.answer, k.moved_value, $2
from unnest($3::uuid[], $4::text[], $5::bytea[], $6::bytea[], $7::boolean[])
    as k (actor_id, key, digest, answer, moved_value)
