-- name: orders
-- Every redemption of what a provider delivers, and every order, each with the other where there is one.
select
    coalesce(r.redemption_id, o.redemption_id) as redemption_id, r.status, r.amount, r.refunded as returned, r.kind,
    o.redemption_id is not null as is_ordered, o.face, o.refunded, o.sent_at, o.link, o.due_at, o.is_by_hand, o.card
from (
    select w.kind, d.redemption_id, d.status, d.amount, d.refunded from redemptions as d
    inner join rewards as w on w.clinic_id = :clinic and d.reward_id = w.reward_id
    where d.clinic_id = :clinic and (w.kind = 'provider' or d.refunded <> 0)
) as r
full join (
    select
        l.redemption_id, l.face, l.refunded, l.sent_at, l.link, l.due_at, a.provider = 'by_hand' as is_by_hand,
        l.provider_reference as card
    from provider_orders as l
    inner join provider_accounts as a on a.clinic_id = :clinic and l.provider_account_id = a.provider_account_id
    where l.clinic_id = :clinic
) as o on r.redemption_id = o.redemption_id
order by 1;
