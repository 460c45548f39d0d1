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
    )::integer as waiting
