-- What is already on record under some of the clinic's references.
select event_id, enrollment_id, participant_id, target, reference, digest, receipt
from events
where clinic_id = $1 and reference = any($2::text[])
