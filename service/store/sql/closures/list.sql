-- Closures entered before $2, newest first.
select closure_id, first_day, last_day, reason, created_at, created_by
from closures
where clinic_id = $1 and closure_id < $2
order by closure_id desc
limit $3
