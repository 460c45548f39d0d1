-- Which of some enrollments have an event that happened from $3 until before $4.
select asked.enrollment_id
from unnest($2::uuid[]) as asked (enrollment_id)
where exists (
    select from events as e
    where
        e.clinic_id = $1 and e.enrollment_id = asked.enrollment_id and e.occurred_at >= $3
        and e.occurred_at < $4
)
