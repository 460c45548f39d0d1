-- Runs under releases that know 0066_moved_alone.sql.
--
-- What a program asks before somebody is enrolled: only added, the newest holds. A release before asks nothing.
create table screening_questions (
    clinic_id uuid not null,
    screening_questions_id uuid not null,
    program text not null,
    questions text not null,
    by_another boolean not null,
    set_at timestamptz not null,
    set_by uuid not null,
    constraint screening_questions_key primary key (clinic_id, screening_questions_id),
    constraint screening_questions_clinic_exists foreign key (clinic_id) references clinics (clinic_id)
);
create index screening_questions_by_program on screening_questions (clinic_id, program, screening_questions_id);
alter table screening_questions enable row level security;
alter table screening_questions force row level security;
create policy screening_questions_own_clinic on screening_questions
using (clinic_id = (select current_setting('app.clinic')::uuid));
grant select, insert on screening_questions to rewards_service;

-- What somebody answered, and why they may begin although it does not fit: both encrypted, and gone with an erasure.
create table screenings (
    clinic_id uuid not null,
    screening_id uuid not null,
    participant_id uuid not null,
    program text not null,
    screening_questions_id uuid not null,
    answers bytea not null,
    fits boolean not null,
    exception bytea,
    asked_at timestamptz not null,
    asked_by uuid not null,
    approved_at timestamptz,
    approved_by uuid,
    constraint screenings_key primary key (clinic_id, screening_id),
    constraint screenings_participant_exists
    foreign key (clinic_id, participant_id) references participants (clinic_id, participant_id),
    constraint screenings_questions_exist
    foreign key (clinic_id, screening_questions_id) references screening_questions (clinic_id, screening_questions_id),
    -- Whoever fits needs no exception.
    constraint screenings_exception_of_misfits check (exception is null or not fits),
    constraint screenings_approved_exceptions
    check (approved_at is null or (exception is not null and approved_by is not null)),
    -- Nobody approves what they asked for.
    constraint screenings_approved_by_another check (approved_by is null or approved_by <> asked_by)
);
create index screenings_by_participant on screenings (clinic_id, participant_id, screening_id);
alter table screenings enable row level security;
alter table screenings force row level security;
create policy screenings_own_clinic on screenings
using (clinic_id = (select current_setting('app.clinic')::uuid));
grant select, insert, delete on screenings to rewards_service;
grant update (approved_at, approved_by) on screenings to rewards_service;
