-- Everything that was posted for one fact so far, later adjustments included, in the order posted. What is told as
-- clipped is what the program's caps took off, and what outside caps withheld.
select
    award_id, event_id, kind, unit, amount, clipped + greatest(withheld, 0) as clipped, overpaid, unrecovered, why
from awards
where clinic_id = $1 and enrollment_id = $2 and fact_no = $3
order by posted_at, cause_no, award_id
