-- name: find
-- The key behind a presented secret, revoked or not.
select key_id, role, secret_hash, revoked_at
from keys
where clinic_id = :clinic and secret_hash = :secret_hash;

-- name: insert
insert into keys (clinic_id, key_id, role, label, secret_hash, created_at, created_by)
values (:clinic, :key_id, :role, :label, :secret_hash, :created_at, :created_by);

-- name: list
select key_id, role, label, created_at, revoked_at
from keys
where clinic_id = :clinic and key_id < :before
order by key_id desc
limit :limit;

-- name: revoke
-- Revoke a key and tell every process that keeps keys; one revoked before keeps the moment when that was.
with revoked as (
    update keys set revoked_at = coalesce(revoked_at, :now)
    where clinic_id = :clinic and key_id = :key_id
    returning key_id, role, label, created_at, revoked_at
)

select key_id, role, label, created_at, revoked_at, pg_notify('keys_revoked', key_id::text) as told
from revoked;
