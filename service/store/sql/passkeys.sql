-- name: delete
delete from passkeys where clinic_id = :clinic and participant_id = :participant_id and passkey_id = :passkey_id
returning passkey_id;

-- name: delete_all
delete from passkeys where clinic_id = :clinic and participant_id = :participant_id;

-- name: find
select passkey_id, participant_id, public_key, sign_count from passkeys
where clinic_id = :clinic and credential_id = :credential_id;

-- name: insert
insert into passkeys (
    clinic_id, passkey_id, participant_id, credential_id, public_key, sign_count, created_at
)
values (:clinic, :passkey_id, :participant_id, :credential_id, :public_key, :sign_count, :now);

-- name: list
select passkey_id, credential_id, created_at from passkeys
where clinic_id = :clinic and participant_id = :participant_id
order by passkey_id;

-- name: use
update passkeys set sign_count = :sign_count, used_at = :now
where clinic_id = :clinic and passkey_id = :passkey_id;
