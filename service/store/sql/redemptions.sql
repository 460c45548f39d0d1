-- part: columns
-- A redemption `r`, as whose it is by now.
r.redemption_id, (
    select coalesce(p.survivor_id, p.participant_id) from participants as p
    where p.clinic_id = :clinic and p.participant_id = r.participant_id
) as participant_id, r.reward_id, r.quantity, r.status, r.unit, r.amount, r.requested_at, r.requested_by,
r.settled_at, r.settled_by, r.fair_value, r.lowered_by, r.refunded;

-- name: advance
-- How an order with a provider stands, and what of it was refunded; those that are settled keep when and by whom.
update redemptions
set status = :status, settled_at = :settled_at, settled_by = :settled_by, refunded = :refunded
where
    clinic_id = :clinic and redemption_id = :redemption_id
    and status in ('ordered', 'awaiting_provider', 'awaiting_funds', 'given');

-- name: find
select {columns}
from redemptions as r
where clinic_id = :clinic and redemption_id = :redemption_id;

-- name: insert
insert into redemptions (
    clinic_id, redemption_id, participant_id, reward_id, quantity, unit, amount, status, requested_at,
    requested_by, settled_at, settled_by, fair_value, lowered_by
)
values (
    :clinic, :redemption_id, :participant_id, :reward_id, :quantity, :unit, :amount, :status, :requested_at,
    :requested_by, :settled_at, :settled_by, :fair_value, :lowered_by
);

-- name: list
select {columns}
from redemptions as r
where clinic_id = :clinic and redemption_id < :before
order by redemption_id desc
limit :limit;

-- name: list_of_participant
-- Those that were asked for under any of some charts.
select {columns}
from unnest(:charts::uuid[]) as asked (participant_id)
cross join lateral (
    select * from redemptions
    where
        redemptions.clinic_id = :clinic
        and redemptions.participant_id = asked.participant_id
        and redemption_id < :before
        and (:status::text is null or status = :status)
    order by redemption_id desc
    limit :limit
) as r
order by r.redemption_id desc
limit :limit;

-- name: list_of_status
-- By the pair, of which only the index of both gives the order: the planner takes no other, however common one is.
select {columns}
from redemptions as r
where
    clinic_id = :clinic and status >= :status and (status, redemption_id) < (:status, :before)
order by status desc, redemption_id desc
limit :limit;

-- name: on_order
-- Those that were asked for under any of some charts, and that a provider is still to deliver.
select {columns}
from unnest(:charts::uuid[]) as asked (participant_id)
cross join lateral (
    select * from redemptions
    where
        redemptions.clinic_id = :clinic
        and redemptions.participant_id = asked.participant_id
        and status in ('ordered', 'awaiting_provider', 'awaiting_funds')
    order by redemption_id desc
    limit :limit
) as r
order by r.redemption_id desc
limit :limit;

-- name: settle
update redemptions set status = :status, settled_at = :settled_at, settled_by = :settled_by
where clinic_id = :clinic and redemption_id = :redemption_id and status = 'held';

-- name: take_back
update redemptions set status = 'canceled', settled_at = :settled_at, settled_by = :settled_by
where clinic_id = :clinic and redemption_id = :redemption_id and status = 'given';

-- name: to_load
-- Those on order whose cards staff load by hand, newest first: of what is `ordered`, by the pair as in `list_of_status`.
select {columns}
from redemptions as r
where
    r.clinic_id = :clinic and r.status >= 'ordered' and (r.status, r.redemption_id) < ('ordered', :before)
    and (
        select a.provider = 'by_hand' from provider_orders as o
        inner join provider_accounts as a on a.clinic_id = :clinic and o.provider_account_id = a.provider_account_id
        where o.clinic_id = :clinic and o.redemption_id = r.redemption_id
    )
order by r.status desc, r.redemption_id desc
limit :limit;

-- name: waiting
-- How much waits to be handed over, each kind counted up to a limit.
select (
    (
        select count(*) from (
            select from redemptions where clinic_id = :clinic and status = 'held' order by redemption_id limit :limit
        ) as one
    ) + (
        select count(*) from (
            select from prizes where clinic_id = :clinic and status = 'owed' order by prize_id limit :limit
        ) as one
    ) + (
        -- Cards that wait to be loaded by hand.
        select count(*) from (
            select from redemptions as r
            where
                r.clinic_id = :clinic and r.status = 'ordered'
                and (
                    select a.provider = 'by_hand' from provider_orders as o
                    inner join provider_accounts as a
                        on a.clinic_id = :clinic and o.provider_account_id = a.provider_account_id
                    where o.clinic_id = :clinic and o.redemption_id = r.redemption_id
                )
            order by r.redemption_id limit :limit
        ) as one
    )
)::integer as waiting;
