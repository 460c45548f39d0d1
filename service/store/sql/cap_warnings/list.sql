select warning_id, participant_id, period, percent, reached_at
from cap_warnings
where clinic_id = $1 and cap_id = $2 and warning_id < $3
order by warning_id desc
limit $4
