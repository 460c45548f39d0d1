-- All that was posted for some enrollments.
select
    award_id, enrollment_id, participant_id, fact_no, event_id, cause_no, slot, unit, amount, overpaid, unrecovered,
    withheld
from awards
where clinic_id = $1 and enrollment_id = any($2::uuid[])
order by enrollment_id, fact_no, award_id
