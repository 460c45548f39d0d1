insert into draws (
    clinic_id, draw_id, participant_id, enrollment_id, n, seed_id, bowl, document, slips, drawn_at, drawn_by
)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
