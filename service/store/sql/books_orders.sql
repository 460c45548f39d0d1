-- name: orders
-- Every redemption of what a provider delivers, and every order, each with the other where there is one.
select
    coalesce(r.redemption_id, o.redemption_id) as redemption_id, r.status, r.amount, r.refunded as returned, r.kind,
    o.redemption_id is not null as is_ordered, o.face, o.refunded, o.sent_at, o.link, o.due_at
from (
    select w.kind, d.redemption_id, d.status, d.amount, d.refunded from redemptions as d
    inner join rewards as w on w.clinic_id = :clinic and d.reward_id = w.reward_id
    where d.clinic_id = :clinic and (w.kind = 'provider' or d.refunded <> 0)
) as r
full join (
    select redemption_id, face, refunded, sent_at, link, due_at from provider_orders
    where clinic_id = :clinic
) as o on r.redemption_id = o.redemption_id
order by 1;
