-- How many slips a participant has drawn for each enrollment and bowl.
select enrollment_id, bowl, sum(cardinality(slips))::bigint as drawn
from draws
where clinic_id = $1 and participant_id = $2
group by enrollment_id, bowl
