-- Events of the whole clinic, newest recorded first.
select
    e.event_id, e.enrollment_id, e.participant_id, e.fact_no, e.target, e.outcome, e.effect, e.program_week,
    e.occurred_at, e.recorded_at, e.recorded_by, e.reference, e.expected_on, n.program, n.version, n.starts_on
from events as e
inner join enrollments as n on e.clinic_id = n.clinic_id and e.enrollment_id = n.enrollment_id
where
    e.clinic_id = $1
    and e.event_id < $2
    and ($4::timestamptz is null or e.occurred_at >= $4)
    and ($5::timestamptz is null or e.occurred_at < $5)
order by e.event_id desc
limit $3
