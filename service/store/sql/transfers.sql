-- part: columns
-- A transfer with what its sentence needs.
t.transfer_id, t.at, t.unit, t.amount, t.source, t.destination, t.cause, t.cause_id, a.why, a.event_id,
e.target, n.program, n.version, r.name as reward, r.name_es as reward_es;

-- part: joins
-- The rows that a transfer `t` came from.
left join awards as a
    on
        a.clinic_id = :clinic
        and t.cause = 'award'
        and t.enrollment_id = a.enrollment_id
        and t.fact_no = a.fact_no
        and t.cause_id = a.award_id
left join events as e on e.clinic_id = :clinic and a.event_id = e.event_id
left join enrollments as n on n.clinic_id = :clinic and t.enrollment_id = n.enrollment_id
left join redemptions as d
    on
        d.clinic_id = :clinic
        and t.cause in ('redemption', 'order_failed', 'refund')
        and t.cause_id = d.redemption_id
left join rewards as r on r.clinic_id = :clinic and d.reward_id = r.reward_id;

-- part: year
-- What each of some participants `p` has of a year.
p.participant_id, p.reference, p.display_code, t.credited, t.taken_back, t.given, t.brought_over,
    (k.bought + w.won)::bigint as in_kind, (k.unvalued + w.unvalued)::integer as unvalued;

-- part: of_a_year
-- The sums that :year and the moments :since and :until ask for, of each of some participants `p`.
cross join lateral (
    select
        coalesce(sum(amount) filter (where source = 'issued'), 0)::bigint as credited,
        coalesce(sum(amount) filter (where destination = 'issued'), 0)::bigint as taken_back,
        (
            coalesce(sum(amount) filter (where destination = 'given' and source <> 'merged'), 0)
            - coalesce(sum(amount) filter (where source = 'given' and destination <> 'merged'), 0)
        )::bigint as given,
        coalesce(sum(case when source = 'issued' then amount else -amount end) filter (
            where cause = 'opening'
        ), 0)::bigint as brought_over
    from (
        select transfers.source, transfers.destination, transfers.amount, transfers.cause from transfers
        where
            not p.has_merged
            and transfers.clinic_id = :clinic
            and transfers.participant_id = p.participant_id
            and transfers.unit = 'usd'
            and case
                when transfers.cause = 'opening' then extract(year from transfers.day) = :year::integer
                else transfers.at >= :since and transfers.at < :until
            end
        union all
        select o.source, o.destination, o.amount, o.cause
        from accounts_of(:clinic, case when p.has_merged then p.participant_id end) as account (participant_id)
        cross join lateral (
            select * from owned_transfers
            where
                owned_transfers.clinic_id = :clinic
                and owned_transfers.participant_id = account.participant_id
                and owned_transfers.unit = 'usd'
                and case
                    when owned_transfers.cause = 'opening'
                        then extract(year from owned_transfers.day) = :year::integer
                    else owned_transfers.at >= :since and owned_transfers.at < :until
                end
            offset 0
        ) as o
        where o.owner_id = p.participant_id
    ) as own
) as t
cross join lateral (
    select
        coalesce(sum(case
            when worth_unit(r.unit) <> 'usd' then 0
            when r.unit = 'usd'
                then greatest(coalesce(r.fair_value, r.amount) - r.amount, 0) * (r.amount - r.refunded) / r.amount
            else coalesce(r.fair_value, r.amount * s.amount, 0) * (r.amount - r.refunded) / r.amount
        end), 0) as bought,
        count(*) filter (where r.unit in ('points', 'draw') and r.fair_value is null and s.amount is null) as unvalued
    from (
        select p.participant_id
        union all
        select c.participant_id from participants as c
        where c.clinic_id = :clinic and c.survivor_id = p.participant_id
    ) as chart
    cross join lateral (
        select * from redemptions
        where
            redemptions.clinic_id = :clinic
            and redemptions.participant_id = chart.participant_id
            and redemptions.status = 'given'
            and redemptions.settled_at >= :since
            and redemptions.settled_at < :until
        offset 0
    ) as r
    left join lateral (
        select amount from points_worth
        where
            points_worth.clinic_id = :clinic
            and r.unit = 'points'
            and r.fair_value is null
            and starts_on <= (r.settled_at at time zone :zone)::date
        order by starts_on desc, points_worth_id desc
        limit 1
    ) as s on true
) as k
cross join lateral (
    select
        coalesce(sum(coalesce(g.fair_value, case when v.unit = 'usd' then v.price else 0 end)) filter (
            where worth_unit(v.unit) = 'usd'
        ), 0) as won,
        count(*) filter (where g.fair_value is null and v.unit in ('points', 'draw')) as unvalued
    from accounts_of(:clinic, p.participant_id) as account (participant_id)
    cross join lateral (
        select * from prizes
        where
            prizes.clinic_id = :clinic
            and prizes.participant_id = account.participant_id
            and prizes.status = 'given'
            and prizes.given_at >= :since
            and prizes.given_at < :until
        offset 0
    ) as g
    left join rewards as v on v.clinic_id = :clinic and g.reward_id = v.reward_id
    where
        p.participant_id = (
            select n.participant_id from draws as d
            inner join enrollments as n on n.clinic_id = :clinic and d.enrollment_id = n.enrollment_id
            where d.clinic_id = :clinic and d.draw_id = g.draw_id
        )
) as w;

-- name: after
-- What is new to some participants' open pages, oldest first, each with what its sentence needs: the transfers
-- after a page's last one, and where the records hold more of the short time before it than the page knows, all
-- of that time. Each row has the ids that the records hold of that time; a participant without news has one row.
-- For each page: its participant, where its short time begins (:begins), its last transfer (:lasts), and how many it
-- knows between the two (:seen). At most :limit are given for one page.
select asked.place, recent.ids, {columns}
from unnest(:participants::uuid[], :begins::uuid[], :lasts::uuid[], :seen::integer[])
with ordinality as asked (participant_id, begins, last, seen, place)
cross join lateral (
    select coalesce(array_agg(x.transfer_id), '{}') as ids
    from balances as u
    cross join lateral (
        select transfer_id from transfers
        where
            transfers.clinic_id = :clinic and transfers.participant_id = asked.participant_id
            and transfers.unit = u.unit and transfer_id > asked.begins and transfer_id <= asked.last
        offset 0
    ) as x
    where u.clinic_id = :clinic and u.participant_id = asked.participant_id
) as recent
left join lateral (
    select late.*
    from balances as u
    cross join lateral (
        select * from transfers
        where
            transfers.clinic_id = :clinic and transfers.participant_id = asked.participant_id
            and transfers.unit = u.unit and transfer_id > asked.begins and transfer_id <= asked.last
        offset 0
    ) as late
    where
        u.clinic_id = :clinic and u.participant_id = asked.participant_id
        and cardinality(recent.ids) <> asked.seen
    union all (
        select fresh.*
        from balances as u
        cross join lateral (
            select * from transfers
            where
                transfers.clinic_id = :clinic and transfers.participant_id = asked.participant_id
                and transfers.unit = u.unit and transfer_id > asked.last
            order by transfer_id
            limit :limit
        ) as fresh
        where u.clinic_id = :clinic and u.participant_id = asked.participant_id
        order by fresh.transfer_id
        limit :limit
    )
) as t on true
{joins}
order by asked.place, t.transfer_id;

-- name: latest
-- A participant's latest transfer in any unit.
select t.transfer_id
from balances as u
cross join lateral (
    select transfer_id from transfers
    where
        transfers.clinic_id = :clinic and transfers.participant_id = :participant_id and transfers.unit = u.unit
    order by transfer_id desc
    limit 1
) as t
where u.clinic_id = :clinic and u.participant_id = :participant_id
order by t.transfer_id desc
limit 1;

-- name: of_year
-- What the next participants after :after were credited in money between two moments, what was taken back, and what
-- they were given: for money at its price, and in kind at its fair value. What was bought for points that had no worth
-- then is worth what was said of that day since; what nobody has said the worth of is counted. What was brought over from another system
-- counts in the year of its own day, :year. :zone is the clinic's.
select {year}
from (
    select participant_id, reference, display_code, has_merged from participants
    where clinic_id = :clinic and participant_id > :after and survivor_id is null
    order by participant_id
    limit :limit
) as p
{of_a_year}
order by p.participant_id;

-- name: of_year_newest
-- The same of those who were registered before :before, the newest first.
select {year}
from (
    select participant_id, reference, display_code, has_merged from participants
    where clinic_id = :clinic and participant_id < :before and survivor_id is null
    order by participant_id desc
    limit :limit
) as p
{of_a_year}
order by p.participant_id desc;

-- name: count
-- How many transfers a person's statement has.
select count(*) from owned_transfers as t
where t.clinic_id = :clinic and t.participant_id = any(:accounts::uuid[]) and t.owner_id = :person;

-- name: moved_from
-- What a person's transfers after one have changed of what was available, by unit.
select
    t.unit,
    sum(
        case when t.destination = 'available' then t.amount else 0 end
        - case when t.source = 'available' then t.amount else 0 end
    )::bigint as moved
from owned_transfers as t
where
    t.clinic_id = :clinic and t.participant_id = any(:accounts::uuid[]) and t.owner_id = :person
    and t.transfer_id > :transfer_id
group by t.unit;

-- name: places
-- Above which transfer of a statement some events stand that have none of their own: the latest that was written
-- with them for what was recorded before them. An event that was recorded by itself has none.
select e.event_id, t.transfer_id
from unnest(:events::uuid[]) as asked (event_id)
cross join lateral (
    select * from events
    where events.clinic_id = :clinic and events.event_id = asked.event_id
    offset 0
) as e
cross join lateral (
    select transfer_id from transfers
    where
        clinic_id = :clinic
        and participant_id = any(:accounts::uuid[])
        and transfer_id > e.event_id
        and enrollment_id = e.enrollment_id
        and at = e.recorded_at
        and fact_no < e.fact_no
    order by transfer_id desc
    limit 1
) as t;

-- name: statement
-- One page of a person's transfers on some accounts, newest first, each with what its sentence needs.
select {columns}
from (
    select own.*
    from unnest(:accounts::uuid[]) as account (participant_id)
    cross join lateral (
        select * from owned_transfers
        where
            owned_transfers.clinic_id = :clinic
            and owned_transfers.participant_id = account.participant_id
            and owned_transfers.owner_id = :person
            and transfer_id < :before
            and (:unit::text is null or unit = :unit)
        order by transfer_id desc
        limit :limit
    ) as own
    order by own.transfer_id desc
    limit :limit
) as t
{joins}
order by t.transfer_id desc;
