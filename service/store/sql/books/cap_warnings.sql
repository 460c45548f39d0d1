-- All that some participants came to of caps.
select participant_id, cap_id, period, percent
from cap_warnings
where clinic_id = $1 and participant_id = any($2::uuid[])
order by participant_id, cap_id, period, percent
