-- What all manual awards of some participants call for.
select manual_award_id, participant_id, unit, paid, settled_at, funding, enrollment_id
from manual_awards
where clinic_id = $1 and participant_id = any($2::uuid[])
order by participant_id, manual_award_id
