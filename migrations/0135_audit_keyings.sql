-- Changes of AUDIT_KEY. From the entry of the trail that names a row here on, entries are under the key that the row tells
-- of; those before it are worked out with the key before, which is kept here for that alone, sealed under FIELD_KEYS: what
-- it could sign anew no longer fits the entries that follow. Rows are added and never changed.
create table audit_keyings (
    clinic_id uuid not null,
    audit_keying_id uuid not null,
    at timestamptz not null,
    -- The key of this clinic's chain before, and the public key of checkpoints before, sealed.
    key bytea not null,
    -- A hash of nothing but the clinic's id under the new key, by which a process sees that it has that one.
    audit_check bytea not null,
    constraint audit_keyings_key primary key (clinic_id, audit_keying_id),
    constraint audit_keyings_to_a_key_once unique (clinic_id, audit_check),
    constraint audit_keyings_clinic_exists foreign key (clinic_id) references clinics (clinic_id),
    constraint audit_keyings_checks_are_hashes check (length(audit_check) = 32)
);
alter table audit_keyings enable row level security;
alter table audit_keyings force row level security;
create policy audit_keyings_own_clinic on audit_keyings
using (clinic_id = (select current_setting('app.clinic')::uuid));
grant select, insert on audit_keyings to rewards_service;
