

-- part: columns
-- An order `o` with its redemption `r`, as whose it is by now.
o.redemption_id, (
    select coalesce(p.survivor_id, p.participant_id) from participants as p
    where p.clinic_id = :clinic and p.participant_id = r.participant_id
) as participant_id, r.status, r.unit, r.amount, r.refunded as returned, o.provider_account_id, o.product, o.face,
o.sent_at, o.provider_reference, o.refunded, o.tries, o.cancel_asked_at, o.fault, o.due_at, (
    select a.provider = 'by_hand' from provider_accounts as a
    where a.clinic_id = :clinic and a.provider_account_id = o.provider_account_id
) as is_by_hand;

-- name: ask_to_cancel
update provider_orders
set cancel_asked_at = :now, cancel_asked_by = :cancel_asked_by, due_at = :now
where clinic_id = :clinic and redemption_id = :redemption_id and cancel_asked_at is null;

-- name: at_moment
-- The orders of an account that were made from a moment on, as the daily match compares them.
select {columns}
from provider_orders as o
inner join redemptions as r on o.clinic_id = r.clinic_id and o.redemption_id = r.redemption_id
where o.clinic_id = :clinic and o.provider_account_id = :provider_account_id and o.created_at >= :since
order by o.created_at
limit :limit;

-- name: delivered
-- What a participant uses: the link of an order, or what staff said of the card that they loaded.
select o.link, o.provider_reference as card, a.provider = 'by_hand' as is_by_hand
from provider_orders as o
inner join provider_accounts as a on o.clinic_id = a.clinic_id and o.provider_account_id = a.provider_account_id
where o.clinic_id = :clinic and o.redemption_id = :redemption_id;

-- name: due
-- The next order of an account that is due: what was never sent before what is only asked about.
select {columns}
from provider_orders as o
inner join redemptions as r on o.clinic_id = r.clinic_id and o.redemption_id = r.redemption_id
where o.clinic_id = :clinic and o.provider_account_id = :provider_account_id and o.due_at <= :now
order by o.due_at, o.redemption_id
limit 1;

-- name: find
select {columns}
from provider_orders as o
inner join redemptions as r on o.clinic_id = r.clinic_id and o.redemption_id = r.redemption_id
where o.clinic_id = :clinic and o.redemption_id = :redemption_id;

-- name: forget_cancel
-- The provider does not cancel it.
update provider_orders
set cancel_asked_at = null, cancel_asked_by = null,
    due_at = case when link is null then due_at end
where clinic_id = :clinic and redemption_id = :redemption_id;

-- name: insert
insert into provider_orders (clinic_id, redemption_id, provider_account_id, product, face, created_at, due_at)
select
    a.clinic_id, :redemption_id::uuid, a.provider_account_id, :product::text, :face::bigint, :now::timestamptz,
    -- One that staff load is nothing that a worker does.
    case when a.provider <> 'by_hand' then :now::timestamptz end
from provider_accounts as a
where a.clinic_id = :clinic and a.provider_account_id = :provider_account_id;

-- name: learn
-- What an answer made of an order.
update provider_orders
set
    sent_at = case when :is_sent then sent_at end,
    provider_reference = coalesce(:provider_reference, provider_reference),
    link = coalesce(:link, link), refunded = greatest(refunded, coalesce(:refunded, refunded)),
    tries = case when :is_new then 0 else tries + 1 end, fault = :fault, learned_at = :now, due_at = :due_at
where clinic_id = :clinic and redemption_id = :redemption_id;

-- name: load
-- What somebody said of a card that staff load; it counts as sent from then on.
update provider_orders
set
    sent_at = coalesce(sent_at, :now), provider_reference = coalesce(:provider_reference, provider_reference),
    refunded = greatest(refunded, coalesce(:refunded, refunded)), fault = :fault, learned_at = :now
where clinic_id = :clinic and redemption_id = :redemption_id;

-- name: look
-- Have some orders looked up at once.
update provider_orders set due_at = :now
where clinic_id = :clinic and redemption_id = any(:redemptions::uuid[]) and sent_at is not null;

-- name: look_at_old
-- Have given orders of an account looked up that were made from :since until before :until: their providers tell of no
-- refund by themselves. Those come first that were not looked at for the longest.
update provider_orders set due_at = :now
where clinic_id = :clinic and redemption_id in (
    select o.redemption_id
    from provider_orders as o
    inner join redemptions as r on o.clinic_id = r.clinic_id and o.redemption_id = r.redemption_id
    where
        o.clinic_id = :clinic and o.provider_account_id = :provider_account_id and o.created_at >= :since
        and o.created_at < :until and o.due_at is null and o.refunded < o.face and r.status = 'given'
    order by o.learned_at
    limit :limit
);

-- name: of_ids
-- The orders of some redemptions, with whichever account, as the daily match compares them.
select {columns}
from provider_orders as o
inner join redemptions as r on o.clinic_id = r.clinic_id and o.redemption_id = r.redemption_id
where o.clinic_id = :clinic and o.redemption_id = any(:redemptions::uuid[]);

-- name: of_reference
-- The order that a provider knows by its own reference.
select redemption_id
from provider_orders
where
    clinic_id = :clinic and provider_account_id = :provider_account_id
    and provider_reference = any(:provider_references::text[]);

-- name: send
-- Put on record that an order is about to be sent.
update provider_orders set sent_at = :now
where clinic_id = :clinic and redemption_id = :redemption_id and sent_at is null and due_at is not null
returning redemption_id;

-- name: withdraw
-- An order that was never sent is not sent any more.
update provider_orders set due_at = null
where clinic_id = :clinic and redemption_id = :redemption_id and sent_at is null
returning redemption_id;
