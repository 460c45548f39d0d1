insert into keys (clinic_id, key_id, role, label, secret_hash, created_at, created_by)
values ($1, $2, $3, $4, $5, $6, $7)
