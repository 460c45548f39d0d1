-- All transfers of some participants.
select
    transfer_id, participant_id, unit, source, destination, amount, cause, cause_id, enrollment_id, fact_no,
    day, funding
from transfers
where clinic_id = $1 and participant_id = any($2::uuid[])
order by participant_id, unit, transfer_id
