-- name: change
update staff set role = $3, name = $4, language = $5, disabled_at = $6, revision = revision + 1
where clinic_id = $1 and staff_id = $2;

-- name: clinics
-- The clinics in which an address signs in; asked before it is known which clinic that is.
select clinics_of_staff($1) as clinic_id;

-- name: find
-- One member of staff by id.
select
    staff_id, role, language, email, name, password_hash, password_is_temporary, failures, rests_until, revision,
    created_at, disabled_at, totp_secret, totp_since
from staff
where clinic_id = $1 and staff_id = $2;

-- name: find_by_email
-- One member of staff by the keyed hash of their address.
select
    staff_id, role, language, email, name, password_hash, password_is_temporary, failures, rests_until, revision,
    created_at, disabled_at, totp_secret, totp_since
from staff
where clinic_id = $1 and email_index = $2;

-- name: find_by_subject
-- One member of staff by the keyed hash of who they are at the identity provider.
select
    staff_id, role, language, email, name, password_hash, password_is_temporary, failures, rests_until, revision,
    created_at, disabled_at, totp_secret, totp_since
from staff
where clinic_id = $1 and subject_index = $2;

-- name: insert
insert into staff (
    clinic_id, staff_id, role, language, email, email_index, name, password_hash, password_is_temporary,
    password_changed_at, created_at, created_by
)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10, $11);

-- name: link
-- From now on they are known at the identity provider; whoever is known there already stays.
update staff set subject_index = $3, revision = revision + 1
where clinic_id = $1 and staff_id = $2 and subject_index is null
returning staff_id;

-- name: list
-- Members of staff who came before $2, newest first; disabled ones too.
select
    staff_id, role, language, email, name, password_hash, password_is_temporary, failures, rests_until, revision,
    created_at, disabled_at, totp_secret, totp_since
from staff
where clinic_id = $1 and staff_id < $2
order by staff_id desc
limit $3;

-- name: lock
-- A member of staff who is about to be changed.
select
    staff_id, role, language, email, name, password_hash, password_is_temporary, failures, rests_until, revision,
    created_at, disabled_at, totp_secret, totp_since
from staff
where clinic_id = $1 and staff_id = $2
for update;

-- name: password
-- A new password; what was counted against the old one is forgotten.
update staff
set
    password_hash = $3, password_is_temporary = $4, password_changed_at = $5, failures = 0, rests_until = null,
    revision = revision + 1
where clinic_id = $1 and staff_id = $2;

-- name: right
-- A try was right: what was counted is forgotten.
update staff set failures = 0, rests_until = null
where clinic_id = $1 and staff_id = $2;

-- name: second_factor
-- Begin with a second factor, or end it.
update staff set totp_secret = $3, totp_since = $4, totp_step = $5, revision = revision + 1
where clinic_id = $1 and staff_id = $2;

-- name: step
-- Take a step of the second factor; each is taken once, and none before it afterwards.
update staff set totp_step = $3
where clinic_id = $1 and staff_id = $2 and totp_step < $3
returning staff_id;

-- name: try
-- One try at a password counts before it is known to be right, so that tries at once count too; not while it rests.
update staff
set
    failures = case when rests_until is null then failures + 1 else 1 end,
    rests_until = case when rests_until is null and failures + 1 >= $4 then $5::timestamptz end
where clinic_id = $1 and staff_id = $2 and (rests_until is null or rests_until <= $3)
returning failures;
