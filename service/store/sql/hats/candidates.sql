-- Everyone who has a fact on a target in a stretch of time, by an enrollment in any version of a program that
-- holds on that day. $1 clinic, $2 program, $3 day, $4 target, $5 and $6 the stretch of time.
select e.enrollment_id, e.participant_id, e.version, e.starts_on, e.funding
from enrollments as e
where
    e.clinic_id = $1
    and e.program = $2
    and coalesce(e.closed_on, 'infinity'::date) >= $3
    and e.starts_on <= $3
    and exists (
        select from events as f
        where
            f.clinic_id = $1
            and f.enrollment_id = e.enrollment_id
            and f.target = $4
            and f.occurred_at >= $5
            and f.occurred_at < $6
    )
order by e.enrollment_id
