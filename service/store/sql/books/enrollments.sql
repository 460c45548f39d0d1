-- All enrollments of some participants with their checkpoints, where they have one.
select
    e.enrollment_id, e.participant_id, e.program, e.version, e.starts_on, e.closed_on, e.funding, c.facts, c.state
from enrollments as e
left join checkpoints as c on e.clinic_id = c.clinic_id and e.enrollment_id = c.enrollment_id
where e.clinic_id = $1 and e.participant_id = any($2::uuid[])
order by e.enrollment_id
