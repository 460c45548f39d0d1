-- Signed checkpoints of the audit trail's head, made at each rotation of seeds, at the end of each day and when asked
-- for. What lies outside, in a file, shows a past that was rewritten, cut off or emptied, with all that is here.
create table audit_checkpoints (
    clinic_id uuid not null,
    checkpoint_id uuid not null,
    seq bigint not null,
    hash bytea not null,
    at timestamptz not null,
    why text not null,
    -- Ed25519 (RFC 8032), by a key that follows from AUDIT_KEY.
    signature bytea not null,
    constraint audit_checkpoints_key primary key (clinic_id, checkpoint_id),
    constraint audit_checkpoints_clinic_exists foreign key (clinic_id) references clinics (clinic_id),
    constraint audit_checkpoints_why_is_known check (why in ('seed_rotated', 'day_ended', 'asked')),
    constraint audit_checkpoints_are_of_an_entry check (seq >= 1)
);
create index audit_checkpoints_by_seq on audit_checkpoints (clinic_id, seq);
alter table audit_checkpoints enable row level security;
create policy audit_checkpoints_own_clinic on audit_checkpoints
using (clinic_id = (select current_setting('app.clinic')::uuid));
grant select, insert on audit_checkpoints to rewards_service;
