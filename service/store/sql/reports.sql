-- name: another
-- Events between two moments that were recorded beside another of their target and day, newest recorded first.
select
    e.event_id, p.display_code, e.target, e.occurred_at, e.recorded_by, f.occurred_at as first_at,
    f.recorded_by as first_by
from events as e
inner join events as f on e.clinic_id = f.clinic_id and e.another_of = f.event_id
inner join participants as p on e.clinic_id = p.clinic_id and e.participant_id = p.participant_id
where
    e.clinic_id = :clinic and e.another_of is not null and e.occurred_at >= :since and e.occurred_at < :until
order by e.event_id desc
limit :limit;

-- name: caps
-- The caps that hold on a day or held since another, each with how many people came near it or to it meanwhile.
select
    c.cap_id, c.per, c.unit, c.amount, c.funding, c.starts_on, c.ends_on,
    count(distinct coalesce(p.survivor_id, w.participant_id)) filter (where w.percent = 80)::integer as near,
    count(distinct coalesce(p.survivor_id, w.participant_id)) filter (where w.percent = 100)::integer as reached
from caps as c
left join cap_warnings as w
    on w.clinic_id = :clinic and c.cap_id = w.cap_id and w.reached_at >= :since and w.reached_at < :until
left join participants as p on p.clinic_id = :clinic and w.participant_id = p.participant_id
where c.clinic_id = :clinic and c.starts_on <= :last_day and (c.ends_on is null or c.ends_on >= :first_day)
group by c.cap_id, c.per, c.unit, c.amount, c.funding, c.starts_on, c.ends_on
order by c.cap_id;

-- name: given
-- What was handed over between two moments, less what was taken back, by unit, to how many people. What a merge moved
-- was handed over before.
select
    t.unit,
    (
        coalesce(sum(t.amount) filter (where t.destination = 'given'), 0)
        - coalesce(sum(t.amount) filter (where t.source = 'given'), 0)
    )::bigint as amount,
    count(distinct coalesce(p.survivor_id, t.participant_id))::integer as people
from transfers as t
left join participants as p
    on p.clinic_id = :clinic and t.participant_id = p.participant_id and p.survivor_id is not null
where
    t.clinic_id = :clinic and 'given' in (t.source, t.destination) and t.cause not in ('merge', 'opening') and t.at >= :since
    and t.at < :until
group by t.unit
order by t.unit;

-- name: in_kind
-- What was given between two moments for anything but money, at its fair value in cents; how many people had it; and
-- how many things nobody has said the worth of. :zone is the clinic's.
select
    coalesce(sum(g.worth), 0)::bigint as amount,
    count(*) filter (where g.worth is null)::integer as unvalued
from (
    select
        case
            when r.unit = 'usd' then greatest(coalesce(r.fair_value, r.amount) - r.amount, 0)
            else coalesce(r.fair_value, r.amount * (
                select amount from points_worth
                where
                    points_worth.clinic_id = :clinic
                    and r.unit = 'points'
                    and starts_on <= (r.settled_at at time zone :zone)::date
                order by starts_on desc, points_worth_id desc
                limit 1
            ))
        end as worth
    from redemptions as r
    where r.clinic_id = :clinic and r.status = 'given' and r.settled_at >= :since and r.settled_at < :until
    union all
    select coalesce(p.fair_value, case when v.unit = 'usd' then v.price end)
    from prizes as p
    left join rewards as v on v.clinic_id = :clinic and p.reward_id = v.reward_id
    where p.clinic_id = :clinic and p.status = 'given' and p.given_at >= :since and p.given_at < :until
) as g;

-- name: openings
-- What was brought over from another system and counts for some days, by unit: what could be spent, what was paid out
-- before, and of how many people.
select
    unit,
    coalesce(sum(case when source = 'issued' then amount else -amount end) filter (
        where 'available' in (source, destination)
    ), 0)::bigint as available,
    coalesce(sum(case when source = 'issued' then amount else -amount end) filter (
        where 'given' in (source, destination)
    ), 0)::bigint as paid_before,
    count(distinct participant_id)::integer as people
from transfers
where
    clinic_id = :clinic and cause = 'opening' and day between :first_day and :last_day
    and (:funding::text is null or coalesce(funding, '') = :funding)
group by unit
order by array_position(array['usd', 'points', 'draw'], unit);

-- name: paid
-- What was credited and taken back for some days: in all, by week, by program, by who pays, and by all three,
-- each by unit and with how many people it was about.
with moved as (
    select
        unit, date_trunc('week', day)::date as week, enrollment_id, participant_id, coalesce(funding, '') as funding,
        coalesce(sum(amount) filter (where source = 'issued'), 0)::bigint as credited,
        coalesce(sum(amount) filter (where destination = 'issued'), 0)::bigint as taken_back
    from transfers
    where
        clinic_id = :clinic
        and day between :first_day
        and :last_day
        and cause <> 'opening'
        and (:funding::text is null or coalesce(funding, '') = :funding)
    group by 1, 2, 3, 4, 5
),

named as (
    select
        moved.*, coalesce(n.program, '') as program,
        coalesce(n.participant_id, p.survivor_id, moved.participant_id) as person_id
    from moved
    left join enrollments as n on n.clinic_id = :clinic and moved.enrollment_id = n.enrollment_id
    left join participants as p
        on p.clinic_id = :clinic and moved.participant_id = p.participant_id and moved.enrollment_id is null
    where :program::text is null or n.program = :program
)

select
    grouping(week, program, funding) as kept, unit, week, program, funding,
    sum(credited)::bigint as credited, sum(taken_back)::bigint as taken_back,
    count(distinct person_id)::integer as people
from named
group by grouping sets ((unit), (unit, week), (unit, program), (unit, funding), (unit, week, program, funding))
order by kept, array_position(array['usd', 'points', 'draw'], unit), week, program, funding;

-- name: turns
-- How often the ladder went back to its start, and how often somebody got back to where they were, in what was posted
-- between two moments.
select
    count(*) filter (where position('"reset"'::bytea in why) > 0)::integer as resets,
    count(*) filter (where position('"recovered"'::bytea in why) > 0)::integer as recoveries
from awards
where
    clinic_id = :clinic and kind = 'base' and posted_at >= :since and posted_at < :until
    and (
        :program::text is null
        or enrollment_id in (
            select n.enrollment_id from enrollments as n
            where n.clinic_id = :clinic and n.program = :program
        )
    );

-- name: visits
-- The visits between two moments: how many people came, how many visits nobody came to and that still count as
-- missed, how many had the outcome that earns, and how many minutes lay between the result and its recording.
-- :earliest_id is the earliest id that an event of that time can have.
select
    count(*) filter (where expected_on is null)::integer as came,
    count(*) filter (
        where expected_on is not null and not exists (
            select from corrections as c where c.clinic_id = :clinic and c.event_id = e.event_id
        )
    )::integer as missed,
    count(*) filter (where expected_on is null and effect = 'success')::integer as earning,
    count(*) filter (where expected_on is null and effect = 'failure')::integer as failing,
    percentile_cont(array[0.5, 0.9]) within group (order by extract(epoch from recorded_at - occurred_at) / 60.0)
    filter (where expected_on is null) as minutes
from events as e
where
    clinic_id = :clinic and event_id >= :earliest_id and occurred_at >= :since and occurred_at < :until
    and (
        :program::text is null
        or enrollment_id in (
            select n.enrollment_id from enrollments as n
            where n.clinic_id = :clinic and n.program = :program
        )
    );

-- name: waits
-- How many rewards were handed over between two moments, and how many minutes people waited for them.
--
select
    count(*)::integer as given,
    percentile_cont(array[0.5, 0.9]) within group (order by extract(epoch from settled_at - requested_at) / 60.0)
    as minutes
from redemptions
where clinic_id = :clinic and status = 'given' and settled_at >= :since and settled_at < :until;
