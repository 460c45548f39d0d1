insert into manual_awards (
    clinic_id, manual_award_id, participant_id, unit, amount, reason, funding, enrollment_id, proposed_at,
    proposed_by
)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
