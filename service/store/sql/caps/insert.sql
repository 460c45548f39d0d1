insert into caps (
    clinic_id, cap_id, per, unit, amount, funding, starts_on, ends_on, reason, created_at, created_by
)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
