-- part: columns
key_id, role, label, created_at, revoked_at, responsible, expires_on, scopes;

-- name: assign
-- Somebody answers for a key for which nobody did, and every process that keeps keys looks it up anew.
with assigned as (
    update keys set responsible = :responsible
    where clinic_id = :clinic and key_id = :key_id and responsible is null
    returning key_id
)

select key_id, pg_notify('keys_revoked', key_id::text) as told
from assigned;

-- name: find
-- The key behind a presented secret, revoked or not.
select
    k.key_id, k.role, k.secret_hash, k.revoked_at, k.expires_on, k.scopes, k.created_by, k.mark,
    s.disabled_at, c.zone, v.step, v.place
from keys as k
inner join clinics as c on k.clinic_id = c.clinic_id
left join clinic_moves as v on k.clinic_id = v.clinic_id
left join staff as s on k.clinic_id = s.clinic_id and k.responsible = s.staff_id
where k.clinic_id = :clinic and k.secret_hash = :secret_hash;

-- name: insert
insert into keys (
    clinic_id, key_id, role, label, secret_hash, created_at, created_by, responsible, expires_on, scopes, mark
)
values (
    :clinic, :key_id, :role, :label, :secret_hash, :created_at, :created_by, :responsible, :expires_on, :scopes, :mark
);

-- name: list
select {columns}
from keys
where clinic_id = :clinic and key_id < :before
order by key_id desc
limit :limit;

-- name: mark
update keys set mark = :mark
where clinic_id = :clinic and key_id = :key_id and mark is null;

-- name: unmarked
-- Keys of before keys had marks, each with the entry of the trail that tells that it was issued.
select
    k.key_id, k.role, k.secret_hash, k.expires_on, k.scopes, k.created_by,
    a.at, a.actor_id, a.role as by_role, a.deed, a.subject_id, a.participant_id, a.detail, a.digest
from keys as k
inner join audit as a on a.clinic_id = :clinic and a.deed = 'key.issued' and a.subject_id = k.key_id
where k.clinic_id = :clinic and k.mark is null
order by k.key_id;

-- name: read
select {columns}
from keys
where clinic_id = :clinic and key_id = :key_id;

-- name: revoke
-- Revoke a key and tell every process that keeps keys; one revoked before keeps the moment when that was.
with revoked as (
    update keys set revoked_at = coalesce(revoked_at, :now)
    where clinic_id = :clinic and key_id = :key_id
    returning {columns}
)

select {columns}, pg_notify('keys_revoked', key_id::text) as told
from revoked;

-- name: revoke_of
-- Revoke the keys for which one person answers or that they made, by a key of theirs too, for they have seen the secrets of
-- these; save those of some roles. Every process that keeps keys is told.
with recursive seen (key_id) as (
    select key_id from keys
    where clinic_id = :clinic and :responsible in (responsible, created_by)
    union
    select k.key_id from seen
    inner join keys as k on k.clinic_id = :clinic and seen.key_id = k.created_by
), revoked as (
    update keys set revoked_at = :now
    where
        clinic_id = :clinic and key_id in (select seen.key_id from seen) and revoked_at is null
        and role <> all(:kept::text [])
    returning key_id
)

select key_id, pg_notify('keys_revoked', key_id::text) as told
from revoked;
