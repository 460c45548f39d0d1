select participant_id, unit, available, held, given, earned
from balances
where clinic_id = $1 and participant_id = any($2::uuid[])
order by participant_id, unit
