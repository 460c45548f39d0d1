select cap_id, per, unit, amount, funding, starts_on, ends_on, reason, created_at, created_by
from caps
where clinic_id = $1 and cap_id = $2
