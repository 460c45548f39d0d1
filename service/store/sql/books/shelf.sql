-- Every reward with its stock, and what its stock should be worked out from.
select
    w.reward_id, w.kind, w.stock, coalesce(c.pieces, 0) as changed,
    coalesce(r.pieces, 0) + coalesce(p.pieces, 0) as taken, coalesce(k.unused, 0) as unused
from rewards as w
left join (
    select reward_id, sum(change)::bigint as pieces from stock_changes
    where clinic_id = $1
    group by reward_id
) as c on w.reward_id = c.reward_id
left join (
    select reward_id, sum(quantity)::bigint as pieces from redemptions
    where clinic_id = $1 and status <> 'canceled'
    group by reward_id
) as r on w.reward_id = r.reward_id
left join (
    select reward_id, count(*) as pieces from prizes
    where clinic_id = $1 and status = 'given'
    group by reward_id
) as p on w.reward_id = p.reward_id
left join (
    select reward_id, count(*) as unused from reward_codes
    where clinic_id = $1 and redemption_id is null and prize_id is null
    group by reward_id
) as k on w.reward_id = k.reward_id
where w.clinic_id = $1
order by w.reward_id
