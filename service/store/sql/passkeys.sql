-- name: delete
delete from passkeys where clinic_id = :clinic and participant_id = :participant_id and passkey_id = :passkey_id
returning passkey_id;

-- name: delete_all
delete from passkeys where clinic_id = :clinic and participant_id = :participant_id;

-- name: delete_let_in_by
-- Forget the passkeys that go back to a code that a member of staff, or a key of theirs, printed.
delete from passkeys
where
    clinic_id = :clinic
    and let_in_by in (
        select k.key_id from keys as k
        where k.clinic_id = :clinic and :staff_id in (k.responsible, k.created_by)
        union all
        select :staff_id
    )
returning passkey_id, participant_id;

-- name: delete_since
-- Forget somebody's passkeys that were made since a moment.
delete from passkeys
where clinic_id = :clinic and participant_id = :participant_id and created_at >= :since
returning passkey_id;

-- name: find
select passkey_id, participant_id, public_key, sign_count, let_in_by, mark from passkeys
where clinic_id = :clinic and credential_id = :credential_id;

-- name: insert
insert into passkeys (
    clinic_id, passkey_id, participant_id, credential_id, public_key, sign_count, created_at,
    let_in_by, mark
)
values (
    :clinic, :passkey_id, :participant_id, :credential_id, :public_key, :sign_count, :now, :let_in_by, :mark
);

-- name: list
select passkey_id, credential_id, created_at from passkeys
where clinic_id = :clinic and participant_id = :participant_id
order by passkey_id;

-- name: told
-- The mark that the audit trail told of a passkey.
select detail::json ->> 'mark' from audit
where
    clinic_id = :clinic and participant_id = :participant_id and deed = 'passkey.added'
    and subject_id = :passkey_id
order by seq desc
limit 1;

-- name: use
update passkeys set sign_count = :sign_count, used_at = :now
where clinic_id = :clinic and passkey_id = :passkey_id;
