-- name: caps
-- The caps that hold on a day or held since another, each with how many people came near it or to it meanwhile.
-- $1 clinic, $2 the first day, $3 the last day, $4 from, $5 before.
select
    c.cap_id, c.per, c.unit, c.amount, c.funding, c.starts_on, c.ends_on,
    count(distinct w.participant_id) filter (where w.percent = 80)::integer as near,
    count(distinct w.participant_id) filter (where w.percent = 100)::integer as reached
from caps as c
left join cap_warnings as w
    on w.clinic_id = $1 and c.cap_id = w.cap_id and w.reached_at >= $4 and w.reached_at < $5
where c.clinic_id = $1 and c.starts_on <= $3 and (c.ends_on is null or c.ends_on >= $2)
group by c.cap_id, c.per, c.unit, c.amount, c.funding, c.starts_on, c.ends_on
order by c.cap_id;

-- name: given
-- What was handed over between two moments, by unit, to how many people. $1 clinic, $2 from, $3 before.
select unit, sum(amount)::bigint as amount, count(distinct participant_id)::integer as people
from transfers
where clinic_id = $1 and destination = 'given' and at >= $2 and at < $3
group by unit
order by unit;

-- name: paid
-- What was credited and taken back for the days $2 to $3: in all, by week, by program, by who pays, and by all three,
-- each by unit and with how many people it was about. $1 clinic, $4 a program or null, $5 who pays or null.
with moved as (
    select
        unit, date_trunc('week', day)::date as week, enrollment_id, participant_id, coalesce(funding, '') as funding,
        coalesce(sum(amount) filter (where source = 'issued'), 0)::bigint as credited,
        coalesce(sum(amount) filter (where destination = 'issued'), 0)::bigint as taken_back
    from transfers
    where clinic_id = $1 and day between $2 and $3 and ($5::text is null or coalesce(funding, '') = $5)
    group by 1, 2, 3, 4, 5
),

named as (
    select moved.*, coalesce(n.program, '') as program
    from moved
    left join enrollments as n on n.clinic_id = $1 and moved.enrollment_id = n.enrollment_id
    where $4::text is null or n.program = $4
)

select
    grouping(week, program, funding) as kept, unit, week, program, funding,
    sum(credited)::bigint as credited, sum(taken_back)::bigint as taken_back,
    count(distinct participant_id)::integer as people
from named
group by grouping sets ((unit), (unit, week), (unit, program), (unit, funding), (unit, week, program, funding))
order by kept, array_position(array['usd', 'points', 'draw'], unit), week, program, funding;

-- name: turns
-- How often the ladder went back to its start, and how often somebody got back to where they were, in what was posted
-- between two moments. $1 clinic, $2 from, $3 before, $4 a program or null.
select
    count(*) filter (where position('"reset"'::bytea in why) > 0)::integer as resets,
    count(*) filter (where position('"recovered"'::bytea in why) > 0)::integer as recoveries
from awards
where
    clinic_id = $1 and kind = 'base' and posted_at >= $2 and posted_at < $3
    and (
        $4::text is null
        or enrollment_id in (select n.enrollment_id from enrollments as n where n.clinic_id = $1 and n.program = $4)
    );

-- name: visits
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
    );

-- name: waits
-- How many rewards were handed over between two moments, and how many minutes people waited for them.
-- $1 clinic, $2 from, $3 before.
select
    count(*)::integer as given,
    percentile_cont(array[0.5, 0.9]) within group (order by extract(epoch from settled_at - requested_at) / 60.0)
    as minutes
from redemptions
where clinic_id = $1 and status = 'given' and settled_at >= $2 and settled_at < $3;
