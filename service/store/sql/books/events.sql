-- All events of some enrollments in the order recorded.
select
    event_id, enrollment_id, participant_id, fact_no, target, outcome, effect, program_week, occurred_at,
    recorded_by, evidence, note, digest, receipt, expected_on, reference
from events
where clinic_id = $1 and enrollment_id = any($2::uuid[])
order by enrollment_id, fact_no
