insert into idempotency (clinic_id, actor_id, key, digest, made, answer, moved_value, answered_at)
values ($1, $2, $3, $4, $5, $6, $7, $8)
