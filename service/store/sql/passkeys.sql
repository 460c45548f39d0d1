-- name: delete
delete from passkeys where clinic_id = $1 and participant_id = $2 and passkey_id = $3
returning passkey_id;

-- name: delete_all
delete from passkeys where clinic_id = $1 and participant_id = $2;

-- name: find
select passkey_id, participant_id, public_key, sign_count from passkeys
where clinic_id = $1 and credential_id = $2;

-- name: insert
insert into passkeys (
    clinic_id, passkey_id, participant_id, credential_id, public_key, sign_count, created_at
)
values ($1, $2, $3, $4, $5, $6, $7);

-- name: list
select passkey_id, credential_id, created_at from passkeys
where clinic_id = $1 and participant_id = $2
order by passkey_id;

-- name: use
update passkeys set sign_count = $3, used_at = $4
where clinic_id = $1 and passkey_id = $2;
