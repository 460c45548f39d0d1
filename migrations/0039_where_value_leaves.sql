-- Where value leaves the clinic, one person is not enough: what somebody recorded long after the visit, recorded much of
-- on one day, or enrolled long after the first day is looked at by somebody else before the same person hands it out.

-- The rules of a clinic. Rows are only added; the newest holds. A bound that is null is none.
create table second_person_rules (
    clinic_id uuid not null,
    second_person_rules_id uuid not null,
    roles text [] not null,
    record_within_days integer,
    enroll_within_days integer,
    recorded_usd_max bigint,
    recorded_points_max bigint,
    recorded_draws_max bigint,
    given_usd_max bigint,
    given_points_max bigint,
    overturn_own boolean not null,
    set_at timestamptz not null,
    set_by uuid not null,
    constraint second_person_rules_key primary key (clinic_id, second_person_rules_id),
    constraint second_person_rules_clinic_exists foreign key (clinic_id) references clinics (clinic_id),
    constraint second_person_rules_roles_are_known
    check (roles <@ array['front_desk', 'clinician', 'manager', 'auditor', 'integration']),
    constraint second_person_rules_days_not_negative check (record_within_days >= 0 and enroll_within_days >= 0),
    constraint second_person_rules_amounts_not_negative
    check (
        recorded_usd_max >= 0 and recorded_points_max >= 0 and recorded_draws_max >= 0 and given_usd_max >= 0
        and given_points_max >= 0
    )
);

-- Somebody else looked at what was done for a participant until then.
create table second_looks (
    clinic_id uuid not null,
    second_look_id uuid not null,
    participant_id uuid not null,
    looked_at timestamptz not null,
    looked_by uuid not null,
    deeds integer not null,
    note bytea,
    constraint second_looks_key primary key (clinic_id, second_look_id),
    constraint second_looks_participant_exists foreign key (clinic_id, participant_id)
    references participants (clinic_id, participant_id),
    constraint second_looks_count_deeds check (deeds >= 0)
);
create index second_looks_by_participant on second_looks (clinic_id, participant_id, second_look_id);

alter table second_person_rules enable row level security;
create policy second_person_rules_own_clinic on second_person_rules
using (clinic_id = (select current_setting('app.clinic')::uuid));
grant select, insert on second_person_rules to rewards_service;
alter table second_looks enable row level security;
create policy second_looks_own_clinic on second_looks
using (clinic_id = (select current_setting('app.clinic')::uuid));
grant select, insert on second_looks to rewards_service;

-- What is on record by now was done under other rules, and is asked about no more.
insert into second_looks (clinic_id, second_look_id, participant_id, looked_at, looked_by, deeds)
select clinic_id, gen_random_uuid(), participant_id, now(), '00000000-0000-0000-0000-000000000001', 0
from participants;
