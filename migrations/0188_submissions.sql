-- Runs under releases that know 0066_moved_alone.sql.
--
-- Homework and meeting slips that people hand in: a text, a picture, or both, sealed. Nothing is earned by them: a member of
-- staff verifies one, and that is an event like any other, or gives it back with words to the person.
create table submission_settings (
    clinic_id uuid not null,
    -- The behaviors whose targets take them; empty where none does, as it is before anybody set it.
    takes text[] not null,
    -- For how many days a picture is kept once its submission is settled.
    keep_days integer not null,
    set_at timestamptz not null,
    set_by uuid not null,
    constraint submission_settings_key primary key (clinic_id),
    constraint submission_settings_clinic_exists foreign key (clinic_id) references clinics (clinic_id),
    constraint submission_settings_takes_are_known check (takes <@ array['homework', 'activity']),
    constraint submission_settings_days_are_few check (keep_days between 0 and 365)
);
alter table submission_settings enable row level security;
alter table submission_settings force row level security;
create policy submission_settings_own_clinic on submission_settings
using (clinic_id = (select current_setting('app.clinic')::uuid));
grant select, insert on submission_settings to rewards_service;
grant update (takes, keep_days, set_at, set_by) on submission_settings to rewards_service;

create table submissions (
    clinic_id uuid not null,
    submission_id uuid not null,
    participant_id uuid not null,
    enrollment_id uuid not null,
    target text not null,
    -- One that is `verifying` has its event written under its own reference, or is about to have: only that goes on.
    status text not null,
    submitted_at timestamptz not null,
    submitted_by uuid not null,
    said bytea,
    -- Made anew of what was handed in, without anything that a camera wrote beside it; forgotten after its days.
    picture bytea,
    had_picture boolean not null,
    settled_at timestamptz,
    settled_by uuid,
    answer bytea,
    event_id uuid,
    constraint submissions_key primary key (clinic_id, submission_id),
    constraint submissions_participant_exists foreign key (clinic_id, participant_id)
    references participants (clinic_id, participant_id),
    constraint submissions_enrollment_exists foreign key (clinic_id, enrollment_id)
    references enrollments (clinic_id, enrollment_id),
    constraint submissions_say_or_show check (said is not null or had_picture),
    constraint submissions_showed_what_they_show check (picture is null or had_picture),
    constraint submissions_status_is_known check (status in ('waiting', 'verifying', 'verified', 'asked_again')),
    constraint submissions_settled_by_somebody check (
        (status in ('verified', 'asked_again')) = (settled_at is not null)
        and (settled_at is null) = (settled_by is null)
    ),
    constraint submissions_verified_by_an_event check ((status = 'verified') = (event_id is not null)),
    constraint submissions_asked_again_with_words check ((status = 'asked_again') = (answer is not null))
);
create index submissions_by_participant on submissions (clinic_id, participant_id, submission_id);
create index submissions_open on submissions (clinic_id, submission_id) where status in ('waiting', 'verifying');
create index submissions_with_picture on submissions (clinic_id, submitted_at) where picture is not null;
alter table submissions enable row level security;
alter table submissions force row level security;
create policy submissions_own_clinic on submissions
using (clinic_id = (select current_setting('app.clinic')::uuid));
grant select, insert, delete on submissions to rewards_service;
grant update (status, settled_at, settled_by, answer, event_id, picture) on submissions to rewards_service;
