insert into seeds (clinic_id, seed_id, seed, commitment, committed_at)
values ($1, $2, $3, $4, $5)
