insert into sources (clinic_id, source_id, name, verifier, mapping, secret, created_at, created_by)
values ($1, $2, $3, $4, $5, $6, $7, $8)
