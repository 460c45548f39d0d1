-- An enrollment with the checkpoint before its first fact.
with opened as (
    insert into enrollments (
        clinic_id, enrollment_id, participant_id, program, version, starts_on, funding, opened_at, opened_by,
        ends_on
    )
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $11)
)

insert into checkpoints (clinic_id, enrollment_id, facts, state)
values ($1, $2, 0, $10)
