-- How many pieces of a locked reward were asked for and not returned.
select coalesce(sum(quantity), 0)::bigint
from redemptions
where clinic_id = $1 and reward_id = $2 and status <> 'canceled'
