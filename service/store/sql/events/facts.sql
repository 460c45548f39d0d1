-- All facts of some enrollments, each one's in the order recorded, to be folded again.
select
    e.enrollment_id, e.event_id, e.fact_no, e.target, e.outcome, e.occurred_at, e.recorded_by, e.expected_on
from unnest($2::uuid[]) as asked (enrollment_id)
cross join lateral (
    select * from events
    where events.clinic_id = $1 and events.enrollment_id = asked.enrollment_id
    order by fact_no
    offset 0
) as e
