-- part: columns
staff_id, role, language, email, name, password_hash, password_is_temporary, failures, rests_until, revision,
created_at, disabled_at, totp_secret, totp_since, password_mark, (
    select min(p.created_at) from staff_passkeys as p
    where p.clinic_id = :clinic and p.staff_id = staff.staff_id and p.removed_at is null
) as passkey_since;

-- name: change
update staff
set
    role_changed_at = case when role = :role then role_changed_at else :now end, role = :role, name = :name,
    language = :language, disabled_at = :disabled_at, revision = revision + 1
where clinic_id = :clinic and staff_id = :staff_id;

-- name: clinics
-- The clinics in which an address signs in; asked before it is known which clinic that is.
select clinics_of_staff(:email_index) as clinic_id;

-- name: find
-- One member of staff by id.
select {columns}
from staff
where clinic_id = :clinic and staff_id = :staff_id;

-- name: find_by_email
-- One member of staff by the keyed hash of their address.
select {columns}
from staff
where clinic_id = :clinic and email_index = :email_index;

-- name: find_by_subject
-- One member of staff by the keyed hash of who they are at the identity provider.
select {columns}
from staff
where clinic_id = :clinic and subject_index = :subject_index;

-- name: insert
insert into staff (
    clinic_id, staff_id, role, language, email, email_index, name, password_hash, password_is_temporary,
    password_changed_at, created_at, created_by, mailbox_index, password_mark
)
values (
    :clinic, :staff_id, :role, :language, :email, :email_index, :name, :password_hash, :password_is_temporary, :now,
    :now, :created_by, :mailbox_index, :password_mark
);

-- name: link
-- From now on they are known at the identity provider; whoever is known there already stays.
update staff set subject_index = :subject_index, revision = revision + 1
where clinic_id = :clinic and staff_id = :staff_id and subject_index is null
returning staff_id;

-- name: list
-- Members of staff who came before :before, newest first; disabled ones too.
select {columns}
from staff
where clinic_id = :clinic and staff_id < :before
order by staff_id desc
limit :limit;

-- name: lock
-- A member of staff who is about to be changed.
select {columns}
from staff
where clinic_id = :clinic and staff_id = :staff_id
for update;

-- name: password
-- A new password; what was counted against the old one is forgotten.
update staff
set
    password_hash = :password_hash, password_mark = :password_mark, password_is_temporary = :password_is_temporary, password_changed_at = :now,
    failures = 0, rests_until = null,
    revision = revision + 1
where clinic_id = :clinic and staff_id = :staff_id;

-- name: reader
-- Somebody could read a way into an account; that is never forgotten.
insert into readers (clinic_id, staff_id, reader_id, since)
values (:clinic, :staff_id, :reader_id, :now)
on conflict do nothing;

-- name: right
-- A try was right: what was counted is forgotten.
update staff set failures = 0, rests_until = null
where clinic_id = :clinic and staff_id = :staff_id;

-- name: second_factor
-- Begin with a second factor, or end it.
update staff set totp_secret = :totp_secret, totp_since = :totp_since, totp_step = :totp_step, revision = revision + 1
where clinic_id = :clinic and staff_id = :staff_id;

-- name: set_shortcuts
-- Whether a letter or digit alone does something at the front desk.
update staff set has_shortcuts = :has_shortcuts
where clinic_id = :clinic and staff_id = :staff_id;

-- name: shortcuts
select has_shortcuts
from staff
where clinic_id = :clinic and staff_id = :staff_id;

-- name: step
-- Take a step of the second factor; each is taken once, and none before it afterwards.
update staff set totp_step = :totp_step
where clinic_id = :clinic and staff_id = :staff_id and totp_step < :totp_step
returning staff_id;

-- name: told_password
-- The mark that the audit trail told last of somebody's password; none of one that was set before it told marks.
select coalesce(
    detail::json ->> 'password',
    case when deed = 'staff.password_reset' or detail::json ->> 'way' = 'provider' then 'none' end
)
from audit
where
    clinic_id = :clinic and subject_id = :staff_id
    and deed in (
        'staff.created', 'staff.password_changed', 'staff.password_reset', 'staff.invitation_used',
        'staff.password_hashed_anew'
    )
order by seq desc
limit 1;

-- name: try
-- One try at a password counts before it is known to be right, so that tries at once count too; not while it rests.
update staff
set
    failures = case when rests_until is null then failures + 1 else 1 end,
    rests_until = case when rests_until is null and failures + 1 >= :tries_max then :rests_until::timestamptz end
where clinic_id = :clinic and staff_id = :staff_id and (rests_until is null or rests_until <= :now)
returning failures;
