insert into corrections (
    clinic_id, enrollment_id, fact_no, correction_id, participant_id, event_id, about_id, kind, outcome, reason,
    recorded_at, recorded_by, digest, closure_id
)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
