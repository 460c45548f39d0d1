-- name: people
-- Who was in one of some versions of programs between two days, by id, before :before.
select distinct e.participant_id
from unnest(:programs::text[], :versions::integer[]) as asked (program, version)
inner join enrollments as e on e.clinic_id = :clinic and asked.program = e.program and asked.version = e.version
where
    e.starts_on <= :last_day and coalesce(e.closed_on, 'infinity'::date) >= :first_day
    and e.participant_id < :before
order by e.participant_id desc
limit :limit;

-- name: sessions
-- What happened to some participants from :since until before :until, in the order recorded.
select
    n.participant_id, n.program, n.version, e.event_id, e.enrollment_id, e.target, e.outcome, e.occurred_at, e.minutes,
    exists (
        select from corrections where corrections.clinic_id = :clinic and corrections.event_id = e.event_id
    ) as corrected
from unnest(:participants::uuid[]) as asked (participant_id)
inner join enrollments as n on n.clinic_id = :clinic and asked.participant_id = n.participant_id
cross join lateral (
    select * from events
    where
        events.clinic_id = :clinic and events.enrollment_id = n.enrollment_id
        and events.occurred_at >= :since and events.occurred_at < :until and events.expected_on is null
    offset 0
) as e
order by n.participant_id, e.event_id;

-- name: versions
-- Every version of every program.
select name, version from programs
where clinic_id = :clinic;
