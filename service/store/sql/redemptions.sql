-- part: columns
redemption_id, participant_id, reward_id, quantity, status, unit, amount, requested_at, requested_by,
settled_at, settled_by, fair_value;

-- name: find
select {columns}
from redemptions
where clinic_id = :clinic and redemption_id = :redemption_id;

-- name: insert
insert into redemptions (
    clinic_id, redemption_id, participant_id, reward_id, quantity, unit, amount, status, requested_at,
    requested_by, settled_at, settled_by, fair_value
)
values (
    :clinic, :redemption_id, :participant_id, :reward_id, :quantity, :unit, :amount, :status, :requested_at,
    :requested_by, :settled_at, :settled_by, :fair_value
);

-- name: list
select {columns}
from redemptions
where clinic_id = :clinic and redemption_id < :before and (:status::text is null or status = :status)
order by redemption_id desc
limit :limit;

-- name: list_held
-- Open redemptions by an index of their own: among years of settled ones they are few.
select {columns}
from redemptions
where clinic_id = :clinic and redemption_id < :before and status = 'held'
order by redemption_id desc
limit :limit;

-- name: list_of_participant
select {columns}
from redemptions
where
    clinic_id = :clinic
    and participant_id = :participant_id
    and redemption_id < :before
    and (:status::text is null or status = :status)
order by redemption_id desc
limit :limit;

-- name: settle
update redemptions set status = :status, settled_at = :settled_at, settled_by = :settled_by
where clinic_id = :clinic and redemption_id = :redemption_id and status = 'held';

-- name: take_back
update redemptions set status = 'canceled', settled_at = :settled_at, settled_by = :settled_by
where clinic_id = :clinic and redemption_id = :redemption_id and status = 'given';

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
    )
)::integer as waiting;
