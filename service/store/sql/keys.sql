-- name: find
-- The key behind a presented secret, revoked or not.
select key_id, role, secret_hash, revoked_at
from keys
where clinic_id = $1 and secret_hash = $2;

-- name: insert
insert into keys (clinic_id, key_id, role, label, secret_hash, created_at, created_by)
values ($1, $2, $3, $4, $5, $6, $7);

-- name: list
select key_id, role, label, created_at, revoked_at
from keys
where clinic_id = $1 and key_id < $2
order by key_id desc
limit $3;

-- name: revoke
-- Revoke a key and tell every process that keeps keys; one revoked before keeps the moment when that was.
with revoked as (
    update keys set revoked_at = coalesce(revoked_at, $3)
    where clinic_id = $1 and key_id = $2
    returning key_id, role, label, created_at, revoked_at
)

select key_id, role, label, created_at, revoked_at, pg_notify('keys_revoked', key_id::text) as told
from revoked;
