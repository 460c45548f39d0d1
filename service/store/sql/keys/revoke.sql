-- Revoke a key and tell every process that keeps keys; one revoked before keeps the moment when that was.
with revoked as (
    update keys set revoked_at = coalesce(revoked_at, $3)
    where clinic_id = $1 and key_id = $2
    returning key_id, role, label, created_at, revoked_at
)

select key_id, role, label, created_at, revoked_at, pg_notify('keys_revoked', key_id::text) as told
from revoked
