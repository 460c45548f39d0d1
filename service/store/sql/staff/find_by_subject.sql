-- One member of staff by the keyed hash of who they are at the identity provider.
select
    staff_id, role, language, email, name, password_hash, password_is_temporary, failures, rests_until, revision,
    created_at, disabled_at, totp_secret, totp_since, totp_step
from staff
where clinic_id = $1 and subject_index = $2
