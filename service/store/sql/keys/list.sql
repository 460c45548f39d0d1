select key_id, role, label, created_at, revoked_at
from keys
where clinic_id = $1 and key_id < $2
order by key_id desc
limit $3
