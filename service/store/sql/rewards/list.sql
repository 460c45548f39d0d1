select
    reward_id, name, description, unit, price, kind, category, stock, instant, active, revision, created_at
from rewards
where
    clinic_id = $1
    and reward_id < $2
    and ($4::boolean is null or active = $4)
    and ($5::text is null or category = $5)
order by reward_id desc
limit $3
