-- name: find
-- A passkey of somebody that was not removed.
select passkey_id, staff_id, public_key, sign_count, mark from staff_passkeys
where
    clinic_id = :clinic and staff_id = :staff_id and credential_id = :credential_id and removed_at is null;

-- name: insert
-- Keep a new passkey, unless what its authenticator calls it is kept already.
insert into staff_passkeys (
    clinic_id, passkey_id, staff_id, credential_id, public_key, sign_count, name, mark, created_at
)
values (:clinic, :passkey_id, :staff_id, :credential_id, :public_key, :sign_count, :name, :mark, :now)
on conflict (clinic_id, credential_id) do nothing
returning passkey_id;

-- name: list
-- The passkeys of somebody, the oldest first; those removed lately too.
select passkey_id, credential_id, name, created_at, used_at, removed_at, removed_by from staff_passkeys
where clinic_id = :clinic and staff_id = :staff_id and (removed_at is null or removed_at >= :since)
order by passkey_id;

-- name: remove
update staff_passkeys set removed_at = :now, removed_by = :removed_by
where
    clinic_id = :clinic and staff_id = :staff_id and passkey_id = :passkey_id and removed_at is null
returning passkey_id;

-- name: remove_all
update staff_passkeys set removed_at = :now, removed_by = :removed_by
where clinic_id = :clinic and staff_id = :staff_id and removed_at is null
returning passkey_id;

-- name: use
update staff_passkeys set sign_count = :sign_count, used_at = :now
where clinic_id = :clinic and passkey_id = :passkey_id;
