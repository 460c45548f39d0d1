select digest, made, answer
from idempotency
where clinic_id = $1 and actor_id = $2 and key = $3
