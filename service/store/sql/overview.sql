-- name: approvals
-- What waits for one manager to approve: what somebody else proposed, each counted up to a limit. $1 clinic,
-- $2 the manager, $3 limit.
select
    (
        select count(*) from (
            select proposed_by from manual_awards
            where clinic_id = $1 and status = 'proposed'
            order by manual_award_id
            limit $3
        ) as one
        where proposed_by <> $2
    )::integer
    + (
        select count(*) from (
            select proposed_by from write_offs
            where clinic_id = $1 and status = 'proposed'
            order by write_off_id
            limit $3
        ) as one
        where proposed_by <> $2
    )::integer as waiting;

-- name: waiting
-- What waits for somebody, each counted up to a limit. $1 clinic, $2 limit, $3 how many pieces are few.
select
    (
        select count(*) from (
            select from manual_awards where clinic_id = $1 and status = 'proposed' order by manual_award_id limit $2
        ) as one
    )::integer as awards,
    (
        select count(*) from (
            select from write_offs where clinic_id = $1 and status = 'proposed' order by write_off_id limit $2
        ) as one
    )::integer as write_offs,
    (
        select count(*) from (
            select from inbound_messages where clinic_id = $1 and status = 'review' order by message_id limit $2
        ) as one
    )::integer as messages,
    (
        select count(*) from (
            select from redemptions where clinic_id = $1 and status = 'held' order by redemption_id limit $2
        ) as one
    )::integer as redemptions,
    (
        select count(*) from (
            select from prizes where clinic_id = $1 and status = 'owed' order by prize_id limit $2
        ) as one
    )::integer as prizes,
    (
        select count(*) from rewards where clinic_id = $1 and active and stock <= $3
    )::integer as rewards,
    (select count(*) from (select from programs where clinic_id = $1 limit 1) as one)::integer as programs,
    (
        select count(*) from (select from enrollments where clinic_id = $1 order by enrollment_id limit 1) as one
    )::integer as enrollments,
    (select count(*) from rewards where clinic_id = $1 and active)::integer as shelf;
