-- What was told of somebody otherwise than by a notice: a file that was handed out, the person's own record, a look in an
-- emergency. What keys read stands in the audit trail, which names the person in every reading; an accounting of
-- disclosures (45 CFR 164.528, 42 CFR 2.25) puts the three together.
create table releases (
    clinic_id uuid not null,
    participant_id uuid not null,
    release_id uuid not null,
    how text not null,
    what text not null,
    -- To whom and what for, sealed; null where it is whoever asked for it, for their own work.
    recipient bytea,
    purpose bytea,
    at timestamptz not null,
    released_by uuid not null,
    constraint releases_key primary key (clinic_id, participant_id, release_id),
    constraint releases_participant_exists foreign key (clinic_id, participant_id)
    references participants (clinic_id, participant_id),
    constraint releases_how_is_known check (how in ('export', 'record', 'emergency'))
);
alter table releases enable row level security;
create policy releases_own_clinic on releases using (clinic_id = (select current_setting('app.clinic')::uuid));
grant select, insert on releases to rewards_service;

-- Restrictions that people ask for (45 CFR 164.522, 42 CFR 2.26): what is agreed to binds whoever is named.
create table restrictions (
    clinic_id uuid not null,
    restriction_id uuid not null,
    participant_id uuid not null,
    -- The subscriber that is told nothing while it holds; null where the recipient is somebody else.
    subscriber_id uuid,
    recipient bytea,
    request bytea not null,
    status text not null,
    answer bytea,
    asked_at timestamptz not null,
    recorded_by uuid not null,
    settled_at timestamptz,
    settled_by uuid,
    ended_at timestamptz,
    ended_by uuid,
    constraint restrictions_key primary key (clinic_id, restriction_id),
    constraint restrictions_participant_exists foreign key (clinic_id, participant_id)
    references participants (clinic_id, participant_id),
    constraint restrictions_subscriber_exists foreign key (clinic_id, subscriber_id)
    references subscribers (clinic_id, subscriber_id),
    constraint restrictions_are_for_somebody check (subscriber_id is not null or recipient is not null),
    constraint restrictions_status_is_known check (status in ('asked', 'agreed', 'declined', 'ended')),
    constraint restrictions_settled_by_somebody check (
        (status = 'asked') = (settled_at is null) and (settled_at is null) = (settled_by is null)
    ),
    constraint restrictions_declined_with_an_answer check (status <> 'declined' or answer is not null),
    constraint restrictions_ended_by_somebody check (
        (status = 'ended') = (ended_at is not null) and (ended_at is null) = (ended_by is null)
    )
);
create index restrictions_by_participant on restrictions (clinic_id, participant_id, restriction_id);
create index restrictions_agreed on restrictions (clinic_id, subscriber_id, participant_id) where status = 'agreed';
alter table restrictions enable row level security;
create policy restrictions_own_clinic on restrictions
using (clinic_id = (select current_setting('app.clinic')::uuid));
grant select, insert on restrictions to rewards_service;
grant update (status, answer, settled_at, settled_by, ended_at, ended_by) on restrictions to rewards_service;

-- Looks at a whole record in an emergency (42 CFR 2.51): who was told, and what the emergency was, at once in writing.
create table emergencies (
    clinic_id uuid not null,
    emergency_id uuid not null,
    participant_id uuid not null,
    reason bytea not null,
    recipient bytea not null,
    opened_at timestamptz not null,
    opened_by uuid not null,
    ends_at timestamptz not null,
    reviewed_at timestamptz,
    reviewed_by uuid,
    constraint emergencies_key primary key (clinic_id, emergency_id),
    constraint emergencies_participant_exists foreign key (clinic_id, participant_id)
    references participants (clinic_id, participant_id),
    constraint emergencies_end_after_they_begin check (ends_at > opened_at),
    constraint emergencies_reviewed_by_somebody check ((reviewed_at is null) = (reviewed_by is null)),
    -- Whoever looked does not look it over.
    constraint emergencies_reviewed_by_another check (reviewed_by <> opened_by)
);
create index emergencies_by_participant on emergencies (clinic_id, participant_id, emergency_id);
create index emergencies_to_review on emergencies (clinic_id, emergency_id) where reviewed_at is null;
alter table emergencies enable row level security;
create policy emergencies_own_clinic on emergencies
using (clinic_id = (select current_setting('app.clinic')::uuid));
grant select, insert on emergencies to rewards_service;
grant update (reviewed_at, reviewed_by) on emergencies to rewards_service;
