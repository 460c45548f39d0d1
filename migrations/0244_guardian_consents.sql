-- Runs under releases that know 0066_moved_alone.sql.
--
-- Who needs a parent's or guardian's consent before they are enrolled: only added, the newest of a program holds, or the
-- clinic's own. Without any, minors do, by a year of birth that releases before do not keep.
create table guardian_rules (
    clinic_id uuid not null,
    guardian_rule_id uuid not null,
    program text,
    need text not null,
    set_at timestamptz not null,
    set_by uuid not null,
    constraint guardian_rules_key primary key (clinic_id, guardian_rule_id),
    constraint guardian_rules_clinic_exists foreign key (clinic_id) references clinics (clinic_id),
    constraint guardian_rules_need_is_known check (need in ('minors', 'everybody', 'nobody'))
);
alter table guardian_rules enable row level security;
alter table guardian_rules force row level security;
create policy guardian_rules_own_clinic on guardian_rules
using (clinic_id = (select current_setting('app.clinic')::uuid));
grant select, insert on guardian_rules to rewards_service;

-- Who consented for a minor: a name that is encrypted, and goes with an erasure.
create table guardian_consents (
    clinic_id uuid not null,
    guardian_consent_id uuid not null,
    participant_id uuid not null,
    guardian bytea not null,
    relation text not null,
    consented_on date not null,
    recorded_at timestamptz not null,
    recorded_by uuid not null,
    withdrawn_at timestamptz,
    withdrawn_by uuid,
    constraint guardian_consents_key primary key (clinic_id, guardian_consent_id),
    constraint guardian_consents_participant_exists
    foreign key (clinic_id, participant_id) references participants (clinic_id, participant_id),
    constraint guardian_consents_relation_is_known check (relation in ('parent', 'guardian', 'agency', 'other', 'self')),
    constraint guardian_consents_withdrawn_by_somebody check ((withdrawn_at is null) = (withdrawn_by is null))
);
create index guardian_consents_by_participant on guardian_consents (clinic_id, participant_id, guardian_consent_id);
alter table guardian_consents enable row level security;
alter table guardian_consents force row level security;
create policy guardian_consents_own_clinic on guardian_consents
using (clinic_id = (select current_setting('app.clinic')::uuid));
grant select, insert, delete on guardian_consents to rewards_service;
grant update (withdrawn_at, withdrawn_by) on guardian_consents to rewards_service;
