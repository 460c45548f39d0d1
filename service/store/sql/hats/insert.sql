insert into hats (
    clinic_id, hat_id, program, version, target, day, bowl, draws, seed_id, drawn_at, drawn_by
)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
