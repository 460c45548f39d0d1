-- The key behind a presented secret, revoked or not.
select key_id, role, secret_hash, revoked_at
from keys
where clinic_id = $1 and secret_hash = $2
