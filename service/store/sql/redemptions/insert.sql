insert into redemptions (
    clinic_id, redemption_id, participant_id, reward_id, quantity, unit, amount, status, requested_at,
    requested_by, settled_at, settled_by
)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
