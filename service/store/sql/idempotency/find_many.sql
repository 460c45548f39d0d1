-- First answers to the keys of one batch; $2 actors and $3 keys go together.
select i.actor_id, i.key, i.digest, i.made, i.answer
from unnest($2::uuid[], $3::text[]) as asked (actor_id, key)
inner join idempotency as i on i.clinic_id = $1 and asked.actor_id = i.actor_id and asked.key = i.key
