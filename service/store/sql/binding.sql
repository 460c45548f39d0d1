-- What is sealed with its row's id begins with a byte above 127 (service/store/database/cipher.py).

-- name: bound
-- The clinic's sealed values are all bound to their rows.
update clinics set names_bound = true
where clinic_id = :clinic;

-- name: change_people
update participants set name = c.name, phone = c.phone, email = c.email
from unnest(:participant_id::uuid[], :name::bytea[], :phone::bytea[], :email::bytea[]) as c (id, name, phone, email)
where participants.clinic_id = :clinic and participants.participant_id = c.id;

-- name: change_staff
update staff set name = c.name, email = c.email, totp_secret = c.totp_secret
from unnest(:staff_id::uuid[], :name::bytea[], :email::bytea[], :totp_secret::bytea[]) as c (id, name, email, totp_secret)
where staff.clinic_id = :clinic and staff.staff_id = c.id;

-- name: is_bound
select names_bound from clinics where clinic_id = :clinic;

-- name: is_told
-- Whether the audit trail says that all names are bound, from the clinic's beginning or since.
select exists (
    select from audit
    where
        clinic_id = :clinic
        and (deed = 'names.bound' or (deed = 'clinic.created' and detail::json ->> 'names' = 'bound'))
);

-- name: people
-- Some people whose name or addresses are not bound to their rows yet, who are not changed meanwhile.
select participant_id, name, phone, email
from participants
where
    clinic_id = :clinic
    and participant_id > :after
    and (get_byte(name, 0) < 128 or get_byte(phone, 0) < 128 or get_byte(email, 0) < 128)
order by participant_id
limit :limit
for update;

-- name: staff
-- Some staff of whom that is so.
select staff_id, name, email, totp_secret
from staff
where
    clinic_id = :clinic
    and staff_id > :after
    and length(email) > 0
    and (get_byte(name, 0) < 128 or get_byte(email, 0) < 128 or get_byte(totp_secret, 0) < 128)
order by staff_id
limit :limit
for update;
