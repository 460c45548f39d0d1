-- The visits between two moments: how many people came, how many visits nobody came to and that still count as
-- missed, how many had the outcome that earns, and how many minutes lay between the result and its recording.
-- $1 clinic, $2 from, $3 before, $4 a program or null, $5 the earliest id that an event of that time can have.
select
    count(*) filter (where expected_on is null)::integer as came,
    count(*) filter (
        where expected_on is not null and not exists (
            select from corrections as c where c.clinic_id = $1 and c.event_id = e.event_id
        )
    )::integer as missed,
    count(*) filter (where expected_on is null and effect = 'success')::integer as earning,
    count(*) filter (where expected_on is null and effect = 'failure')::integer as failing,
    percentile_cont(array[0.5, 0.9]) within group (order by extract(epoch from recorded_at - occurred_at) / 60.0)
    filter (where expected_on is null) as minutes
from events as e
where
    clinic_id = $1 and event_id >= $5 and occurred_at >= $2 and occurred_at < $3
    and (
        $4::text is null
        or enrollment_id in (select n.enrollment_id from enrollments as n where n.clinic_id = $1 and n.program = $4)
    )
