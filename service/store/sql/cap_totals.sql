-- part: columns
-- A transfer `t` that credits something or takes it back.
t.participant_id, t.unit, t.source, t.destination, t.amount, t.cause, t.cause_id, t.enrollment_id, t.fact_no,
t.day, t.funding;

-- name: credits
-- All that some participants were credited, and what was taken back of it; of one whose charts were merged, on
-- whatever accounts that was.
select {columns}
from unnest(:participants::uuid[]) as asked (participant_id)
cross join lateral (
    select * from transfers
    where
        transfers.clinic_id = :clinic
        and transfers.participant_id = asked.participant_id
        and transfers.day is not null
        and not exists (
            select from participants as p
            where p.clinic_id = :clinic and p.participant_id = asked.participant_id and p.has_merged
        )
    offset 0
) as t
union all
select
    t.owner_id, t.unit, t.source, t.destination, t.amount, t.cause, t.cause_id, t.enrollment_id, t.fact_no,
    t.day, t.funding
from unnest(:participants::uuid[]) as asked (participant_id)
cross join lateral (
    select o.* from participants as p
    cross join lateral accounts_of(:clinic, p.participant_id) as account (participant_id)
    cross join lateral (
        select * from owned_transfers
        where
            owned_transfers.clinic_id = :clinic
            and owned_transfers.participant_id = account.participant_id
            and owned_transfers.day is not null
        offset 0
    ) as o
    where
        p.clinic_id = :clinic and p.participant_id = asked.participant_id and p.has_merged
        and o.owner_id = p.participant_id
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

-- name: of_enrollments
-- All that some enrollments were credited by their awards and prizes, and what was taken back of it.
select {columns}
from unnest(:participants::uuid[], :enrollments::uuid[]) as asked (participant_id, enrollment_id)
cross join lateral accounts_of(:clinic, asked.participant_id) as account (participant_id)
cross join lateral (
    select * from transfers
    where
        transfers.clinic_id = :clinic
        and transfers.participant_id = account.participant_id
        and transfers.enrollment_id = asked.enrollment_id
        and transfers.day is not null
        and transfers.cause in ('award', 'prize')
    offset 0
) as t;

-- name: of_participants
select participant_id, cap_id, period, amount
from cap_totals
where clinic_id = :clinic and participant_id = any(:participants::uuid[]);

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
