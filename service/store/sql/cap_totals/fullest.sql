-- How far people in care are in some caps: the most that one has, and how many have 80 percent or all of it. A period
-- that is none is each enrollment's own. $1 clinic, $2 how many enrollments at most, $3 caps, $4 periods, $5 amounts.
with people as (
    select enrollment_id, participant_id from enrollments
    where clinic_id = $1 and closed_on is null
    order by enrollment_id
    limit $2
)

select
    asked.cap_id,
    max(t.amount) as most,
    count(distinct people.participant_id) filter (where t.amount * 5 >= asked.amount * 4)::integer as near,
    count(distinct people.participant_id) filter (where t.amount >= asked.amount)::integer as at_top
from unnest($3::uuid[], $4::text[], $5::bigint[]) as asked (cap_id, period, amount)
cross join people
cross join lateral (
    select amount from cap_totals
    where
        cap_totals.clinic_id = $1
        and cap_totals.participant_id = people.participant_id
        and cap_totals.cap_id = asked.cap_id
        and cap_totals.period = coalesce(asked.period, people.enrollment_id::text)
    offset 0
) as t
group by asked.cap_id
