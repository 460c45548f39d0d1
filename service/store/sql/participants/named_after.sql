-- What a list calls participants by, those registered after $2 in the order of their ids.
select participant_id, reference, display_code, name
from participants
where clinic_id = $1 and participant_id > $2
order by participant_id
limit $3
