-- All totals of some participants.
select participant_id, cap_id, period, amount
from cap_totals
where clinic_id = $1 and participant_id = any($2::uuid[])
order by participant_id, cap_id, period
