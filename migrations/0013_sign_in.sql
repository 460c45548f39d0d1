-- How members of staff sign in: by a password, by a second factor, and by the clinic's own identity provider.

alter table staff
-- Given by somebody else: its owner is asked to choose one of their own.
add column password_is_temporary boolean not null default false,
-- The second factor (RFC 6238), encrypted; a step of it is taken once.
add column totp_secret bytea,
add column totp_since timestamptz,
add column totp_step bigint not null default 0,
-- Who they are at the clinic's identity provider: a keyed hash of its name and theirs there.
add column subject_index bytea,
add constraint staff_subject_is_unique unique (clinic_id, subject_index),
add constraint staff_second_factor_is_whole check ((totp_secret is null) = (totp_since is null)),
add constraint staff_second_factor_steps_are_positive check (totp_step >= 0);

-- Codes on paper for whoever lost the second factor: a keyed hash of each, taken once.
create table rescue_codes (
    clinic_id uuid not null,
    staff_id uuid not null,
    code_index bytea not null,
    made_at timestamptz not null,
    used_at timestamptz,
    constraint rescue_codes_key primary key (clinic_id, staff_id, code_index),
    constraint rescue_codes_staff_exists foreign key (clinic_id, staff_id) references staff (clinic_id, staff_id)
);

alter table clinics
-- Whether nobody on the staff signs in without a second factor.
add column second_factor_needed boolean not null default false;

-- The clinics in which an address signs in, asked before it is known which clinic that is; clinic by clinic, since
-- every key begins with the clinic's.
create function clinics_of_staff(asked bytea) returns setof uuid
language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
select c.clinic_id
from public.clinics as c
where exists (
    select from public.staff as s
    where s.clinic_id = c.clinic_id and s.email_index = asked
)
order by c.clinic_id;
end;

alter table rescue_codes enable row level security;
create policy rescue_codes_own_clinic on rescue_codes
using (clinic_id = (select current_setting('app.clinic')::uuid));

grant select, insert on rescue_codes to rewards_service;
grant update (used_at) on rescue_codes to rewards_service;
grant update (password_is_temporary, totp_secret, totp_since, totp_step, subject_index) on staff to rewards_service;
grant update (second_factor_needed) on clinics to rewards_service;
revoke all on function clinics_of_staff(bytea) from public;
grant execute on function clinics_of_staff(bytea) to rewards_service;
