-- How many pieces of a locked reward were asked for and not returned, or given as prizes.
select
    coalesce((
        select sum(quantity) from redemptions
        where clinic_id = $1 and reward_id = $2 and status <> 'canceled'
    ), 0)::bigint
    + (
        select count(*) from prizes
        where clinic_id = $1 and reward_id = $2
    )
