-- What each draw of some participants spent.
select participant_id, draw_id, enrollment_id, cardinality(slips) as spent
from draws
where clinic_id = $1 and participant_id = any($2::uuid[])
order by draw_id
