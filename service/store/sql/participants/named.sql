-- What a list calls some participants by.
select p.participant_id, p.reference, p.display_code, p.name
from unnest($2::uuid[]) as asked (participant_id)
cross join lateral (
    select * from participants
    where participants.clinic_id = $1 and participants.participant_id = asked.participant_id
    offset 0
) as p
