-- name: credits
-- All that some participants were credited, and what was taken back of it.
select
    t.participant_id, t.unit, t.source, t.destination, t.amount, t.cause, t.cause_id, t.enrollment_id, t.fact_no,
    t.day, t.funding
from unnest(:participants::uuid[]) as asked (participant_id)
cross join lateral (
    select * from transfers
    where
        transfers.clinic_id = :clinic
        and transfers.participant_id = asked.participant_id
        and transfers.day is not null
    offset 0
) as t;

-- name: fullest
-- How far people in care are in some caps: the most that one has, and how many have 80 percent or all of it. A period
-- that is none is each enrollment's own. Of people, the first :limit enrollments are looked at.
with people as (
    select enrollment_id, participant_id from enrollments
    where clinic_id = :clinic and closed_on is null
    order by enrollment_id
    limit :limit
)

select
    asked.cap_id,
    max(t.amount) as most,
    count(distinct people.participant_id) filter (where t.amount * 5 >= asked.amount * 4)::integer as near,
    count(distinct people.participant_id) filter (where t.amount >= asked.amount)::integer as at_top
from unnest(:caps::uuid[], :periods::text[], :amounts::bigint[]) as asked (cap_id, period, amount)
cross join people
cross join lateral (
    select amount from cap_totals
    where
        cap_totals.clinic_id = :clinic
        and cap_totals.participant_id = people.participant_id
        and cap_totals.cap_id = asked.cap_id
        and cap_totals.period = coalesce(asked.period, people.enrollment_id::text)
    offset 0
) as t
group by asked.cap_id;

-- name: keep
-- Totals as they are now: whole new values, worked out under the participants' locks.
insert into cap_totals (clinic_id, participant_id, cap_id, period, amount)
select :clinic, t.participant_id, t.cap_id, t.period, t.amount
from unnest(
    :participant_id::uuid[], :cap_id::uuid[], :period::text[], :amount::bigint[]
) as t (participant_id, cap_id, period, amount)
on conflict (clinic_id, participant_id, cap_id, period) do update set amount = excluded.amount;

-- name: of_enrollment
-- All that one enrollment was credited by its awards and prizes, and what was taken back of it.
select
    participant_id, unit, source, destination, amount, cause, cause_id, enrollment_id, fact_no, day, funding
from transfers
where
    clinic_id = :clinic
    and participant_id = :participant_id
    and enrollment_id = :enrollment_id
    and day is not null
    and cause in ('award', 'prize');

-- name: read
-- Totals by their whole keys; one that is not there has no amount, and says whether its participant has met its cap
-- before, so that it was nothing.
select asked.participant_id, asked.cap_id, asked.period, t.amount, met.cap_id is not null as has_met
from unnest(:participants::uuid[], :caps::uuid[], :periods::text[]) as asked (participant_id, cap_id, period)
left join lateral (
    select amount from cap_totals
    where
        cap_totals.clinic_id = :clinic
        and cap_totals.participant_id = asked.participant_id
        and cap_totals.cap_id = asked.cap_id
        and cap_totals.period = asked.period
    offset 0
) as t on true
left join lateral (
    select cap_id from cap_totals
    where
        t.amount is null
        and cap_totals.clinic_id = :clinic
        and cap_totals.participant_id = asked.participant_id
        and cap_totals.cap_id = asked.cap_id
    limit 1
) as met on true;
