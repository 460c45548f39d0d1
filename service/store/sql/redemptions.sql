-- name: find
select
    redemption_id, participant_id, reward_id, quantity, status, unit, amount, requested_at, requested_by,
    settled_at, settled_by
from redemptions
where clinic_id = $1 and redemption_id = $2;

-- name: insert
insert into redemptions (
    clinic_id, redemption_id, participant_id, reward_id, quantity, unit, amount, status, requested_at,
    requested_by, settled_at, settled_by
)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12);

-- name: list
select
    redemption_id, participant_id, reward_id, quantity, status, unit, amount, requested_at, requested_by,
    settled_at, settled_by
from redemptions
where clinic_id = $1 and redemption_id < $2 and ($4::text is null or status = $4)
order by redemption_id desc
limit $3;

-- name: list_held
-- Open redemptions by an index of their own: among years of settled ones they are few.
select
    redemption_id, participant_id, reward_id, quantity, status, unit, amount, requested_at, requested_by,
    settled_at, settled_by
from redemptions
where clinic_id = $1 and redemption_id < $2 and status = 'held'
order by redemption_id desc
limit $3;

-- name: list_of_participant
select
    redemption_id, participant_id, reward_id, quantity, status, unit, amount, requested_at, requested_by,
    settled_at, settled_by
from redemptions
where
    clinic_id = $1
    and participant_id = $5
    and redemption_id < $2
    and ($4::text is null or status = $4)
order by redemption_id desc
limit $3;

-- name: settle
update redemptions set status = $3, settled_at = $4, settled_by = $5
where clinic_id = $1 and redemption_id = $2 and status = 'held';

-- name: waiting
-- How much waits to be handed over, each kind counted up to a limit. $1 clinic, $2 limit.
select (
    (
        select count(*) from (
            select from redemptions where clinic_id = $1 and status = 'held' order by redemption_id limit $2
        ) as one
    ) + (
        select count(*) from (
            select from prizes where clinic_id = $1 and status = 'owed' order by prize_id limit $2
        ) as one
    )
)::integer as waiting;
