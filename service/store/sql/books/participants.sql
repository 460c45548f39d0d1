-- The next page of participants after $2.
select participant_id
from participants
where clinic_id = $1 and participant_id > $2
order by participant_id
limit $3
