-- name: another
-- Events between two moments that were recorded beside another of their target and day, newest recorded first.
-- :earliest_id is the earliest id that an event of that time can have.
select
    e.event_id, e.enrollment_id, p.display_code, e.target, e.occurred_at, e.recorded_by, f.occurred_at as first_at,
    f.recorded_by as first_by
from events as e
inner join events as f on e.clinic_id = f.clinic_id and e.another_of = f.event_id
inner join participants as p on e.clinic_id = p.clinic_id and e.participant_id = p.participant_id
where
    e.clinic_id = :clinic and e.event_id >= :earliest_id and e.another_of is not null and e.occurred_at >= :since
    and e.occurred_at < :until
order by e.event_id desc
limit :limit;

-- name: by_recorder
-- How the visits of some days went, by who recorded them; what nobody came to is left out.
select
    recorded_by, sum(came)::integer as came, sum(earning)::integer as earning, sum(failing)::integer as failing
from visit_days
where
    clinic_id = :clinic and day between :first_day and :last_day and (:program::text is null or program = :program)
group by recorded_by
having sum(came) > 0;

-- name: by_recorder_waited
-- How many visits of some days were recorded after how many minutes, by who recorded them, the soonest first.
select recorded_by, minutes, sum(visits)::integer as visits
from visit_waits
where
    clinic_id = :clinic and day between :first_day and :last_day and visits > 0
    and (:program::text is null or program = :program)
group by recorded_by, minutes
order by recorded_by, minutes;

-- name: by_giver
-- How many rewards each person handed over between two moments, and how many minutes people waited for them.
select
    settled_by, count(*)::integer as given,
    percentile_cont(array[0.5, 0.9]) within group (order by extract(epoch from settled_at - requested_at) / 60.0)
    as minutes
from redemptions
where clinic_id = :clinic and status = 'given' and settled_at >= :since and settled_at < :until
group by settled_by;

-- name: by_target
-- How the visits of some days went, by program and target.
select
    program, target, sum(came)::integer as came, sum(missed)::integer as missed, sum(earning)::integer as earning,
    sum(failing)::integer as failing
from visit_days
where
    clinic_id = :clinic and day between :first_day and :last_day and (:program::text is null or program = :program)
group by program, target
having sum(came + missed) > 0
order by program, target;

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

-- name: groups_seated
-- Who was in which of the newest groups between two moments, by whom their chart leads to, with the first and the last local day.
select distinct
    g.group_id, g.name_en, g.name_es, p.person_id, greatest((m.joined_at at time zone :zone)::date, :first_day::date) as since,
    least((m.left_at at time zone :zone)::date, :last_day::date) as until
from (
    select group_id, name_en, name_es from groups
    where groups.clinic_id = :clinic
    order by groups.group_id desc
    limit :limit
) as g
cross join lateral (
    (
        select participant_id, joined_at, left_at from group_members
        where
            group_members.clinic_id = :clinic and group_members.group_id = g.group_id and group_members.left_at is null
        offset 0
    )
    union all
    (
        select participant_id, joined_at, left_at from group_members
        where
            group_members.clinic_id = :clinic and group_members.group_id = g.group_id
            and group_members.left_at >= :since
        offset 0
    )
) as m
cross join lateral (
    select coalesce(survivor_id, participant_id) as person_id from participants
    where participants.clinic_id = :clinic and participants.participant_id = m.participant_id
    offset 0
) as p
where m.joined_at < :until
order by g.group_id;

-- name: groups_visited
-- The visits of some people between two moments, by person and local day: what each counts as, and after how many minutes
-- it was recorded (none where nobody came to what was recorded).
select
    n.participant_id as person_id, k.day, k.minutes, sum(k.came)::integer as came, sum(k.missed)::integer as missed,
    sum(k.earning)::integer as earning, sum(k.failing)::integer as failing, sum(k.waits)::integer as waits
from (
    select
        e.enrollment_id, (e.occurred_at at time zone :zone)::date as day, w.came::integer as came,
        w.missed::integer as missed, (w.came and w.effect = 'success')::integer as earning,
        (w.came and w.effect = 'failure')::integer as failing,
        (w.came and is_came(e.outcome, e.expected_on is not null))::integer as waits,
        wait_step(e.recorded_at - e.occurred_at) as minutes
    from events as e
    left join lateral (
        select c.stands, c.standing from corrections as c
        where c.clinic_id = :clinic and c.event_id = e.event_id
        order by c.fact_no desc
        limit 1
    ) as l on true
    cross join lateral (
        select
            coalesce(l.standing, e.effect) as effect,
            coalesce(l.standing, '') <> 'withdrawn' and is_came(o.outcome, o.is_expected) as came,
            coalesce(l.standing, '') <> 'withdrawn' and is_missed(o.outcome, o.is_expected) as missed
        from (
            select
                coalesce(l.stands, e.outcome) as outcome,
                e.expected_on is not null and coalesce(l.stands, e.outcome) = e.outcome as is_expected
        ) as o
    ) as w
    where e.clinic_id = :clinic and e.occurred_at >= :since and e.occurred_at < :until
) as k
inner join enrollments as n on n.clinic_id = :clinic and k.enrollment_id = n.enrollment_id
where n.participant_id = any(:people::uuid[]) and (:program::text is null or n.program = :program)
group by n.participant_id, k.day, k.minutes;

-- name: groups_given
-- The rewards that some people were handed between two moments, by the local day, and after how many minutes.
select
    p.person_id, (r.settled_at at time zone :zone)::date as day,
    extract(epoch from r.settled_at - r.requested_at) / 60.0 as minutes
from redemptions as r
cross join lateral (
    select coalesce(survivor_id, participant_id) as person_id from participants
    where participants.clinic_id = :clinic and participants.participant_id = r.participant_id
    offset 0
) as p
where
    r.clinic_id = :clinic and r.status = 'given' and r.settled_at >= :since and r.settled_at < :until
    and p.person_id = any(:people::uuid[]);

-- name: in_kind
-- What was given between two moments for anything but money, at its fair value by currency; and how many things nobody
-- has said the worth of. :zone is the clinic's.
select
    g.unit, coalesce(sum(g.worth), 0)::bigint as amount,
    count(*) filter (where g.worth is null)::integer as unvalued
from (
    select
        worth_unit(r.unit) as unit,
        case
            when r.unit = worth_unit(r.unit)
                then greatest(coalesce(r.fair_value, r.amount) - r.amount, 0) * (r.amount - r.refunded) / r.amount
            else coalesce(r.fair_value, r.amount * (
                select amount from points_worth
                where
                    points_worth.clinic_id = :clinic
                    and r.unit = 'points'
                    and starts_on <= (r.settled_at at time zone :zone)::date
                order by starts_on desc, points_worth_id desc
                limit 1
            )) * (r.amount - r.refunded) / r.amount
        end as worth
    from redemptions as r
    where r.clinic_id = :clinic and r.status = 'given' and r.settled_at >= :since and r.settled_at < :until
    union all
    select worth_unit(v.unit), coalesce(p.fair_value, case when v.unit = worth_unit(v.unit) then v.price end)
    from prizes as p
    left join rewards as v on v.clinic_id = :clinic and p.reward_id = v.reward_id
    where p.clinic_id = :clinic and p.status = 'given' and p.given_at >= :since and p.given_at < :until
) as g
group by g.unit
order by array_position(array['usd'], g.unit), g.unit;

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
order by array_position(array['usd', 'points', 'draw'], unit), unit;

-- name: paid
-- What was credited and taken back for some days: in all, by week, by program, by who pays, and by all three,
-- each by unit and with how many people it was about. The amounts are the days' own sums; the people are those of the
-- spans, each as whose the enrollment is by now, where a day of theirs is among those that are asked for.
with summed as (
    select
        grouping(week, program, funding) as kept, unit, week, program, funding,
        sum(credited)::bigint as credited, sum(taken_back)::bigint as taken_back
    from (
        select unit, date_trunc('week', day)::date as week, program, funding, credited, taken_back
        from paid_days
        where
            clinic_id = :clinic and day between :first_day and :last_day
            and (:funding::text is null or funding = :funding)
            and (:program::text is null or program = :program)
    ) as days
    group by grouping sets ((unit), (unit, week), (unit, program), (unit, funding), (unit, week, program, funding))
),

present as materialized (
    select w.unit, w.span, w.account_id, w.funding, days_within(w.days, w.span, :first_day, :last_day) as days
    from paid_spans as w
    where
        w.clinic_id = :clinic and w.span between span_of(:first_day::date) and :last_day
        and days_within(w.days, w.span, :first_day, :last_day) > 0
),

accounts as materialized (
    select *, count(*) over (partition by unit, person_id) > 1 as has_several
    from (
        select
            a.unit, a.account_id, a.funding, coalesce(n.program, '') as program,
            coalesce(n.participant_id, p.survivor_id, a.account_id) as person_id
        from (select unit, account_id, funding from present group by unit, account_id, funding) as a
        left join enrollments as n on n.clinic_id = :clinic and a.account_id = n.enrollment_id
        left join participants as p
            on p.clinic_id = :clinic and a.account_id = p.participant_id and p.survivor_id is not null
        where
            (:funding::text is null or a.funding = :funding)
            and (:program::text is null or n.program = :program)
    ) as named
),

-- Who has one account counts once a week without being looked for among the others: of those of one program, span and
-- payer, by the days that they share.
alike as materialized (
    select unit, span, program, funding, days, count(*) as people
    from present inner join accounts using (unit, account_id, funding)
    where not has_several
    group by unit, span, program, funding, days
),

alone as (
    select a.unit, a.span + 7 * k.place as week, a.program, a.funding, sum(a.people) as people
    from alike as a
    cross join generate_series(0, 7) as k (place)
    where (a.days >> (7 * k.place)) & 127 > 0
    group by 1, 2, 3, 4
),

several as materialized (
    select p.unit, p.span + 7 * k.place as week, a.program, a.funding, a.person_id
    from present as p
    inner join accounts as a using (unit, account_id, funding)
    cross join generate_series(0, 7) as k (place)
    where a.has_several and (p.days >> (7 * k.place)) & 127 > 0
),

counted as (
    select
        grouping(program, funding) + 4 as kept, unit, null::date as week, program, funding,
        count(distinct person_id) as people
    from accounts
    group by grouping sets ((unit), (unit, program), (unit, funding))
    union all
    select kept, unit, week, program, funding, sum(people)
    from (
        select grouping(week, program, funding) as kept, unit, week, program, funding, sum(people) as people
        from alone
        group by grouping sets ((unit, week), (unit, week, program, funding))
        union all
        select grouping(week, program, funding), unit, week, program, funding, count(distinct person_id)
        from several
        group by grouping sets ((unit, week), (unit, week, program, funding))
    ) as weekly
    group by kept, unit, week, program, funding
)

select s.kept, s.unit, s.week, s.program, s.funding, s.credited, s.taken_back, coalesce(c.people, 0)::integer as people
from summed as s
left join counted as c
    on
        s.kept = c.kept and s.unit = c.unit and coalesce(s.week, '-infinity') = coalesce(c.week, '-infinity')
        and coalesce(s.program, '-') = coalesce(c.program, '-') and coalesce(s.funding, '-') = coalesce(c.funding, '-')
order by s.kept, array_position(array['usd', 'points', 'draw'], s.unit), s.unit, s.week, s.program, s.funding;

-- name: paid_in_all
-- What was credited in each currency for some days, less what was taken back, and of how many people: as `paid` has it
-- in all, without its parts.
select
    m.unit, m.net, (
        select count(distinct coalesce(n.participant_id, p.survivor_id, a.account_id))::integer
        from (
            select w.account_id
            from paid_spans as w
            where
                w.clinic_id = :clinic and w.unit = m.unit and w.span between span_of(:first_day::date) and :last_day
                and days_within(w.days, w.span, :first_day, :last_day) > 0
            group by w.account_id
        ) as a
        left join enrollments as n on n.clinic_id = :clinic and a.account_id = n.enrollment_id
        left join participants as p
            on p.clinic_id = :clinic and a.account_id = p.participant_id and p.survivor_id is not null
        where :program::text is null or n.program = :program
    ) as people
from (
    select d.unit, sum(d.credited - d.taken_back)::bigint as net
    from paid_days as d
    where
        d.clinic_id = :clinic and d.day >= :first_day and d.day <= :last_day and d.unit not in ('points', 'draw')
        and (:program::text is null or d.program = :program)
    group by d.unit
) as m
order by array_position(array['usd'], m.unit), m.unit;

-- name: plan_freely
-- A report reads many rows of few tables, which the planner's settings for single rows would make slow, and holds what it
-- has read of them.
select
    set_config('enable_seqscan', 'on', true), set_config('enable_hashjoin', 'on', true),
    set_config('plan_cache_mode', 'force_custom_plan', true), set_config('work_mem', '32MB', true),
    -- Of what was read in the same query the planner knows no numbers, and would look for each row among all others.
    set_config('enable_nestloop', 'off', true);

-- name: stayed
-- Of the enrollments that began on some days: how many there are by version, by how many program weeks are over by the
-- day :today, and by the program week of the last visit that anybody came to (0: none).
select
    e.program, e.version, greatest(:today - e.starts_on, 0) / 7 as weeks_over,
    coalesce(((c.came_at at time zone :zone)::date - e.starts_on) / 7 + 1, 0) as came_until,
    count(*)::integer as enrollments
from enrollments as e
left join lateral (
    select checkpoints.came_at from checkpoints
    where checkpoints.clinic_id = :clinic and checkpoints.enrollment_id = e.enrollment_id
    offset 0
) as c on true
where
    e.clinic_id = :clinic and e.starts_on >= :first_day and e.starts_on <= :last_day
    and (:program::text is null or e.program = :program)
group by e.program, e.version, weeks_over, came_until;

-- name: visited
-- How the visits of some days went: how many people came, how many visits nobody came to and that still count as
-- missed, how many had the outcome that earns; and how often a ladder went back to its start, and how often somebody
-- got back to where they were, by the day on which that was posted.
select
    coalesce(sum(came), 0)::integer as came, coalesce(sum(missed), 0)::integer as missed,
    coalesce(sum(earning), 0)::integer as earning, coalesce(sum(failing), 0)::integer as failing,
    coalesce(sum(resets), 0)::integer as resets, coalesce(sum(recoveries), 0)::integer as recoveries
from visit_days
where
    clinic_id = :clinic and day between :first_day and :last_day and (:program::text is null or program = :program);

-- name: waited
-- How many visits of some days were recorded after how many minutes, the soonest first.
select minutes, sum(visits)::integer as visits
from visit_waits
where
    clinic_id = :clinic and day between :first_day and :last_day and visits > 0
    and (:program::text is null or program = :program)
group by minutes
order by minutes;

-- name: waits
-- How many rewards were handed over between two moments, and how many minutes people waited for them.
--
select
    count(*)::integer as given,
    percentile_cont(array[0.5, 0.9]) within group (order by extract(epoch from settled_at - requested_at) / 60.0)
    as minutes
from redemptions
where clinic_id = :clinic and status = 'given' and settled_at >= :since and settled_at < :until;

-- name: weeks_visited
-- How the visits of each week and program went, by the week's Monday.
select
    monday_of(d.day) as week, d.program, sum(d.came)::integer as came, sum(d.missed)::integer as missed,
    sum(d.earning)::integer as earning
from visit_days as d
where
    d.clinic_id = :clinic and d.day >= :first_day and d.day <= :last_day
    and (:program::text is null or d.program = :program)
group by week, d.program
order by week, d.program;
