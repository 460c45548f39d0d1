-- Enrollments with a visit that may count as missed by now, those that wait longest first.
select
    due.enrollment_id, due.through, due.next_at, e.program, e.version, e.starts_on,
    coalesce(e.closed_on, e.ends_on) as last_day
from (
    select v.enrollment_id, v.through, v.next_at from visit_checks as v
    where v.clinic_id = $1 and v.next_at <= $2
    order by v.next_at
    limit $3
) as due
cross join lateral (
    select * from enrollments
    where enrollments.clinic_id = $1 and enrollments.enrollment_id = due.enrollment_id
    offset 0
) as e
order by due.next_at, due.enrollment_id
