insert into programs (clinic_id, name, version, digest, document, published_at, published_by)
values ($1, $2, $3, $4, $5, $6, $7)
