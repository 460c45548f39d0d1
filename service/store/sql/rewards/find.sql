select
    reward_id, name, description, unit, price, kind, category, stock, instant, active, revision, created_at
from rewards
where clinic_id = $1 and reward_id = $2
