-- When some events happened and what was posted for each until now, one row a unit; one with nothing has no unit.
select e.event_id, e.occurred_at, a.unit, a.amount
from unnest($2::uuid[]) as asked (event_id)
cross join lateral (
    select * from events
    where events.clinic_id = $1 and events.event_id = asked.event_id
    offset 0
) as e
left join lateral (
    select awards.unit, sum(awards.amount)::bigint as amount from awards
    where awards.clinic_id = $1 and awards.enrollment_id = e.enrollment_id and awards.fact_no = e.fact_no
    group by awards.unit
) as a on true
