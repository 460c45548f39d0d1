-- The codes by which some participants are called.
-- $1 clinic, $2 participants.
select p.participant_id, p.display_code
from unnest($2::uuid[]) as asked (participant_id)
inner join participants as p on p.clinic_id = $1 and asked.participant_id = p.participant_id
