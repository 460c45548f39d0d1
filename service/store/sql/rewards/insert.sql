insert into rewards (
    clinic_id, reward_id, name, description, unit, price, kind, category, stock, instant, created_at
)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
