update rewards
set
    name = $3, description = $4, price = $5, category = $6, instant = $7, active = $8, revision = revision + 1
where clinic_id = $1 and reward_id = $2
