-- First answers to the keys of one batch; $2 actors and $3 keys go together.
select i.actor_id, i.key, i.digest, i.made, i.answer
from unnest($2::uuid[], $3::text[]) as asked (actor_id, key)
cross join lateral (
    select * from idempotency
    where idempotency.clinic_id = $1 and idempotency.actor_id = asked.actor_id and idempotency.key = asked.key
    offset 0
) as i
