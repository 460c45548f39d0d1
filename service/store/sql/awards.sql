-- name: of_fact
-- Everything that was posted for one fact so far, later adjustments included, in the order posted. What is told as
-- clipped is what the program's caps took off, and what outside caps withheld.
select
    award_id, event_id, kind, unit, amount, clipped + greatest(withheld, 0) as clipped, overpaid, unrecovered, why
from awards
where clinic_id = :clinic and enrollment_id = :enrollment_id and fact_no = :fact_no
order by posted_at, cause_no, award_id;

-- name: posted
-- What was posted for each slot of one enrollment so far.
select
    fact_no, slot, unit,
    sum(amount)::bigint as amount, sum(overpaid)::bigint as overpaid, sum(unrecovered)::bigint as unrecovered,
    sum(withheld)::bigint as withheld
from awards
where clinic_id = :clinic and enrollment_id = :enrollment_id
group by fact_no, slot, unit;
