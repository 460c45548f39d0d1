-- All corrections of some enrollments' events, each enrollment's in the order recorded.
select c.enrollment_id, c.correction_id, c.fact_no, c.event_id, c.about_id, c.kind, c.outcome, c.closure_id
from unnest($2::uuid[]) as asked (enrollment_id)
cross join lateral (
    select * from corrections
    where corrections.clinic_id = $1 and corrections.enrollment_id = asked.enrollment_id
    order by fact_no
    offset 0
) as c
