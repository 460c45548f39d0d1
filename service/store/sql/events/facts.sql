-- All facts of one enrollment, to be folded again.
select event_id, fact_no, target, outcome, occurred_at, recorded_by, expected_on
from events
where clinic_id = $1 and enrollment_id = $2
order by fact_no
