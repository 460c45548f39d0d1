-- name: approvals
-- What waits for one manager to approve: what somebody else proposed, each counted up to a limit.
select
    (
        select count(*) from (
            select proposed_by from manual_awards
            where clinic_id = :clinic and status = 'proposed'
            order by manual_award_id
            limit :limit
        ) as one
        where proposed_by <> :manager_id
    )::integer
    + (
        select count(*) from (
            select proposed_by from write_offs
            where clinic_id = :clinic and status = 'proposed'
            order by write_off_id
            limit :limit
        ) as one
        where proposed_by <> :manager_id
    )::integer
    + (
        select count(*) from (
            select proposed_by from redemption_changes
            where clinic_id = :clinic and status = 'proposed'
            order by redemption_change_id
            limit :limit
        ) as one
        where proposed_by <> :manager_id
    )::integer
    + (
        select count(*) from (
            select proposed_by from openings
            where clinic_id = :clinic and status = 'proposed'
            order by opening_id
            limit :limit
        ) as one
        where proposed_by <> :manager_id
    )::integer as waiting;

-- name: first_steps
-- What a new clinic has done already, and since when it is there.
select
    c.created_at,
    exists (select from sign_in_codes where clinic_id = :clinic) as has_card,
    exists (select from events where clinic_id = :clinic) as has_visit,
    (
        select count(*) > 1 from (
            select from staff where clinic_id = :clinic and disabled_at is null limit 2
        ) as one
    ) as has_colleague
from clinics as c
where c.clinic_id = :clinic;

-- name: waiting
-- What waits for somebody, each counted up to a limit. A stock of at most :few pieces is low.
select
    (
        select count(*) from (
            select from manual_awards where clinic_id = :clinic and status = 'proposed'
            order by manual_award_id limit :limit
        ) as one
    )::integer as awards,
    (
        select count(*) from (
            select from write_offs where clinic_id = :clinic and status = 'proposed'
            order by write_off_id limit :limit
        ) as one
    )::integer as write_offs,
    (
        select count(*) from (
            select from redemption_changes where clinic_id = :clinic and status = 'proposed'
            order by redemption_change_id limit :limit
        ) as one
    )::integer as redemption_changes,
    (
        select count(*) from (
            select from openings where clinic_id = :clinic and status = 'proposed'
            order by opening_id limit :limit
        ) as one
    )::integer as openings,
    (
        select count(*) from (
            select from inbound_messages where clinic_id = :clinic and status = 'review'
            order by message_id limit :limit
        ) as one
    )::integer as messages,
    (
        -- Accounts with providers that hold too little, refuse us, or whose list differs from ours.
        select count(*) from provider_accounts as a
        where
            a.clinic_id = :clinic and a.active
            and (
                a.balance < a.warn_below or a.fault in ('denied', 'address', 'redirected')
                or exists (
                    select from provider_differences as d
                    where
                        d.clinic_id = :clinic and d.provider_account_id = a.provider_account_id and d.ended_at is null
                )
            )
    )::integer as providers,
    (
        select count(*) from (
            select from redemptions where clinic_id = :clinic and status = 'held'
            order by redemption_id limit :limit
        ) as one
    )::integer as redemptions,
    (
        select count(*) from (
            select from prizes where clinic_id = :clinic and status = 'owed'
            order by prize_id limit :limit
        ) as one
    )::integer as prizes,
    (
        select count(*) from rewards where clinic_id = :clinic and active and stock <= :few
    )::integer as rewards,
    (select count(*) from (select from programs where clinic_id = :clinic limit 1) as one)::integer as programs,
    (
        select count(*) from (select from enrollments where clinic_id = :clinic order by enrollment_id limit 1) as one
    )::integer as enrollments,
    (select count(*) from rewards where clinic_id = :clinic and active)::integer as shelf;
