-- part: odd_address
-- Whether nobody else confirmed an address `a` that stands in the place of another one, or its person says it is wrong.
(a.is_theirs is not true and (a.had_before or a.is_theirs is not null));

-- part: welcomes
-- The enrollments that were opened with a welcome between two moments, and whether those of the person and local day came
-- to more with it than one person opens alone.
select
    e.enrollment_id, e.participant_id, e.opened_by, e.opened_at, w.unit, w.amount, coalesce(
        sum(w.amount) over (
            partition by e.opened_by, w.unit, (e.opened_at at time zone :zone)::date order by e.enrollment_id
        ) > case w.unit when 'points' then :welcomed_points_max when 'draw' then :welcomed_draws_max
            else :welcomed_usd_max::bigint end,
        false
    ) as much
from enrollments as e
cross join lateral (
    select a.unit, sum(a.amount)::bigint as amount from awards as a
    where a.clinic_id = :clinic and a.enrollment_id = e.enrollment_id and a.kind = 'welcome'
    group by a.unit
    having sum(a.amount) > 0
) as w
where
    e.clinic_id = :clinic and e.enrollment_id >= :earliest_id and e.opened_at >= :since and e.opened_at < :until;

-- part: visits
-- The visits that people recorded between two moments, with whether each was recorded late; none of an import, and none
-- that the service found missed. :zone is the clinic's.
select
    e.event_id, e.enrollment_id, e.fact_no, e.participant_id, e.recorded_by, e.recorded_at, e.occurred_at,
    e.another_of is not null as another,
    (e.recorded_at at time zone :zone)::date - (e.occurred_at at time zone :zone)::date > :late_after as late
from events as e
where
    e.clinic_id = :clinic and e.event_id >= :earliest_id and e.recorded_at >= :since and e.recorded_at < :until
    and not e.imported and e.expected_on is null;

-- name: counted
-- How many corrections each person made between two moments, and of how many of their own records; how many rewards
-- each handed out, what those in money cost and prizes are worth; how many addresses of participants each changed; and how many
-- enrollments with a welcome each opened.
select
    d.done_by, sum(d.corrected)::integer as corrected, sum(d.own)::integer as own, sum(d.given)::integer as given,
    sum(d.given_usd)::bigint as given_usd, sum(d.readdressed)::integer as readdressed,
    sum(d.unconfirmed)::integer as unconfirmed, sum(d.welcomed)::integer as welcomed,
    sum(d.welcomed_usd)::bigint as welcomed_usd, sum(d.welcomed_much)::integer as welcomed_much
from (
    select
        c.recorded_by as done_by, 1 as corrected, (c.recorded_by = e.recorded_by)::integer as own, 0 as given,
        0 as given_usd, 0 as readdressed, 0 as unconfirmed, 0 as welcomed, 0 as welcomed_usd, 0 as welcomed_much
    from corrections as c
    inner join events as e on c.clinic_id = e.clinic_id and c.event_id = e.event_id
    where
        c.clinic_id = :clinic and c.correction_id >= :earliest_id and c.recorded_at >= :since
        and c.recorded_at < :until and c.closure_id is null and c.merge_id is null
    union all
    select r.settled_by, 0, 0, 1, case r.unit when 'usd' then r.amount else 0 end, 0, 0, 0, 0, 0
    from redemptions as r
    where
        r.clinic_id = :clinic and r.status = 'given' and r.settled_at >= :since and r.settled_at < :until
    union all
    select z.given_by, 0, 0, 1, case worth_unit(v.unit) when 'usd' then coalesce(z.fair_value, 0) else 0 end, 0, 0, 0, 0, 0
    from prizes as z
    left join rewards as v on v.clinic_id = :clinic and z.reward_id = v.reward_id
    where z.clinic_id = :clinic and z.status = 'given' and z.given_at >= :since and z.given_at < :until
    union all
    select a.set_by, 0, 0, 0, 0, 1, {odd_address}::integer, 0, 0, 0
    from new_addresses as a
    where a.clinic_id = :clinic and a.set_at >= :since and a.set_at < :until
    union all
    select w.opened_by, 0, 0, 0, 0, 0, 0, 1, case w.unit when 'usd' then w.amount else 0 end, w.much::integer
    from (
        {welcomes}
    ) as w
) as d
group by d.done_by;

-- name: corrected
-- Corrections that one person made between two moments, and whether each is of their own record.
select
    c.correction_id, c.participant_id, c.recorded_at as done_at, e.occurred_at,
    c.recorded_by = e.recorded_by as own
from corrections as c
inner join events as e on c.clinic_id = e.clinic_id and c.event_id = e.event_id
where
    c.clinic_id = :clinic and c.correction_id >= :earliest_id and c.recorded_at >= :since and c.recorded_at < :until
    and c.closure_id is null and c.merge_id is null and c.recorded_by = :done_by
order by c.correction_id desc
limit :limit;

-- name: given
-- Rewards and prizes that one person handed out between two moments.
select h.* from (
    select r.redemption_id as given_id, r.participant_id, r.settled_at as done_at, r.requested_at, r.unit, r.amount
    from redemptions as r
    where
        r.clinic_id = :clinic and r.status = 'given' and r.settled_at >= :since and r.settled_at < :until
        and r.settled_by = :done_by
    union all
    select z.prize_id, z.participant_id, z.given_at, z.won_at, worth_unit(v.unit), coalesce(z.fair_value, 0)
    from prizes as z
    left join rewards as v on v.clinic_id = :clinic and z.reward_id = v.reward_id
    where
        z.clinic_id = :clinic and z.status = 'given' and z.given_at >= :since and z.given_at < :until
        and z.given_by = :done_by
) as h
order by h.done_at desc
limit :limit;

-- name: readdressed
-- Addresses of participants that one person changed between two moments, those that nobody confirmed first.
select a.new_address_id, a.participant_id, a.set_at, {odd_address} as unconfirmed
from new_addresses as a
where a.clinic_id = :clinic and a.set_at >= :since and a.set_at < :until and a.set_by = :done_by
order by {odd_address} desc, a.new_address_id desc
limit :limit;

-- name: recorded
-- The visits that one person recorded between two moments, the odd and the newest first, each with what it earned in the
-- unit that it earned most of.
select v.*, w.unit, coalesce(w.amount, 0)::bigint as amount
from (
    select * from (
        {visits}
    ) as own
    where own.recorded_by = :done_by
    order by (own.late or own.another) desc, own.event_id desc
    limit :limit
) as v
left join lateral (
    select a.unit, sum(a.amount) as amount
    from awards as a
    where
        a.clinic_id = :clinic and a.enrollment_id = v.enrollment_id and a.fact_no = v.fact_no
        and a.event_id = v.event_id
    group by a.unit
    order by sum(a.amount) desc, a.unit desc
    limit 1
) as w on true
order by (v.late or v.another) desc, v.event_id desc;

-- name: summed
-- How many visits each person recorded between two moments, and how many of them are odd.
select
    v.recorded_by as done_by, count(*)::integer as recorded, count(*) filter (where v.late)::integer as late,
    count(*) filter (where v.another)::integer as another
from (
    {visits}
) as v
group by v.recorded_by;

-- name: welcomed
-- The enrollments with a welcome that one person opened between two moments, those beyond a day's bound first.
select w.* from (
    {welcomes}
) as w
where w.opened_by = :done_by
order by w.much desc, w.enrollment_id desc
limit :limit;
