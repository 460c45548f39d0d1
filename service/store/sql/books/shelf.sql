-- Every reward with its stock, and what its stock should be worked out from.
select
    w.reward_id, w.kind, w.stock, changes.pieces as changed, taken.pieces as taken, codes.unused
from rewards as w
cross join lateral (
    select coalesce(sum(c.change), 0)::bigint as pieces
    from stock_changes as c
    where c.clinic_id = $1 and c.reward_id = w.reward_id
) as changes
cross join lateral (
    select coalesce(sum(r.quantity), 0)::bigint as pieces
    from redemptions as r
    where r.clinic_id = $1 and r.reward_id = w.reward_id and r.status <> 'canceled'
) as taken
cross join lateral (
    select count(*) as unused
    from reward_codes as k
    where k.clinic_id = $1 and k.reward_id = w.reward_id and k.redemption_id is null
) as codes
where w.clinic_id = $1
order by w.reward_id
