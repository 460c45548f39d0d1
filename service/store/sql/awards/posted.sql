-- What was posted for each slot of one enrollment so far.
select
    fact_no, slot, unit,
    sum(amount)::bigint as amount, sum(overpaid)::bigint as overpaid, sum(unrecovered)::bigint as unrecovered,
    sum(withheld)::bigint as withheld
from awards
where clinic_id = $1 and enrollment_id = $2
group by fact_no, slot, unit
