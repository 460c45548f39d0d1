-- Runs under releases that know 0066_moved_alone.sql.
--
-- Passkeys of members of staff: what an authenticator calls each, its public half, what its owner calls it, and a keyed mark
-- without which it opens nothing. One that is removed stays on record, so that its owner is told who did it.
create table staff_passkeys (
    clinic_id uuid not null,
    passkey_id uuid not null,
    staff_id uuid not null,
    credential_id bytea not null,
    public_key bytea not null,
    sign_count bigint not null,
    name bytea,
    mark text,
    created_at timestamptz not null,
    used_at timestamptz,
    removed_at timestamptz,
    removed_by uuid,
    constraint staff_passkeys_key primary key (clinic_id, passkey_id),
    constraint staff_passkeys_credential_is_unique unique (clinic_id, credential_id),
    constraint staff_passkeys_staff_exists foreign key (clinic_id, staff_id) references staff (clinic_id, staff_id),
    constraint staff_passkeys_removed_by_somebody check ((removed_at is null) = (removed_by is null))
);
create index staff_passkeys_of_staff on staff_passkeys (clinic_id, staff_id);
alter table staff_passkeys enable row level security, force row level security;
create policy staff_passkeys_own_clinic on staff_passkeys
using (clinic_id = (select current_setting('app.clinic')::uuid));
grant select, insert on staff_passkeys to rewards_service;
grant update (sign_count, used_at, removed_at, removed_by, name, mark) on staff_passkeys to rewards_service;
create trigger staff_passkeys_marked before insert on staff_passkeys for each row execute function comes_with_a_mark();
create trigger staff_passkeys_end_for_good before update of removed_at, removed_by, mark on staff_passkeys
for each row execute function set_for_good('removed_at', 'removed_by', 'mark');
