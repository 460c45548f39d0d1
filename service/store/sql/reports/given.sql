-- What was handed over between two moments, by unit, to how many people. $1 clinic, $2 from, $3 before.
select unit, sum(amount)::bigint as amount, count(distinct participant_id)::integer as people
from transfers
where clinic_id = $1 and destination = 'given' and at >= $2 and at < $3
group by unit
order by unit
