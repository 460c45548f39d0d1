-- All enrollments of some participants with their checkpoints and how far their visits are settled, where they
-- have these.
select
    e.enrollment_id, e.participant_id, e.program, e.version, e.starts_on,
    coalesce(e.closed_on, e.ends_on) as closed_on, e.funding, c.facts, c.state,
    v.through, v.checked_at, v.next_at
from enrollments as e
left join checkpoints as c on e.clinic_id = c.clinic_id and e.enrollment_id = c.enrollment_id
left join visit_checks as v on e.clinic_id = v.clinic_id and e.enrollment_id = v.enrollment_id
where e.clinic_id = $1 and e.participant_id = any($2::uuid[])
order by e.enrollment_id
