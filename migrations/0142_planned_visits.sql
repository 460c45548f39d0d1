-- Runs under releases that know 0066_moved_alone.sql.
--
-- A single visit that is planned otherwise than the program lays it: moved to another day, called off, or one of its own.
-- Each row is a fact; of one visit the last holds. What was recorded as missed before it stays as it was.
create table planned_visits (
    clinic_id uuid not null,
    enrollment_id uuid not null,
    -- Counts the rows of an enrollment from 1, in the order in which they were written.
    plan_no integer not null,
    planned_visit_id uuid not null,
    target text not null,
    -- The program's own day of the visit and its number on that day; of one of its own the row that made it.
    laid_on date,
    ordinal integer,
    made_no integer,
    -- The day on which it is expected, with the time where that is known; null where it is called off.
    day date,
    begins_at timestamptz,
    reason text not null,
    -- A digest of the source's id and its number of the appointment: it is looked for, and never shown.
    appointment bytea,
    planned_at timestamptz not null,
    planned_by uuid not null,
    constraint planned_visits_key primary key (clinic_id, enrollment_id, plan_no),
    constraint planned_visits_id_is_unique unique (clinic_id, planned_visit_id),
    constraint planned_visits_enrollment_exists foreign key (clinic_id, enrollment_id)
    references enrollments (clinic_id, enrollment_id),
    -- Either the program lays it, or a row made it.
    constraint planned_visits_are_of_one_kind check (
        (laid_on is null) = (ordinal is null) and (laid_on is null) <> (made_no is null) and made_no <= plan_no
    ),
    constraint planned_visits_begin_where_expected check (day is not null or begins_at is null),
    constraint planned_visits_reason_is_known check (
        reason in ('asked', 'unwell', 'travel', 'clinic', 'scheduler', 'other')
    )
);
-- Which visit an appointment is, and what was missed on days that somebody planned it for.
create index planned_visits_by_appointment on planned_visits (clinic_id, appointment)
where appointment is not null;
create index planned_visits_by_day on planned_visits (clinic_id, day) where day is not null;

alter table planned_visits enable row level security;
alter table planned_visits force row level security;
create policy planned_visits_own_clinic on planned_visits
using (clinic_id = (select current_setting('app.clinic')::uuid));
grant select, insert on planned_visits to rewards_service;

-- A message may plan a visit, and is then about somebody without an event of theirs.
alter table inbound_effects drop constraint inbound_effects_kind_is_known;
alter table inbound_effects add constraint inbound_effects_kind_is_known
check (kind in ('recorded', 'corrected', 'withdrawn', 'known', 'planned', 'canceled'));
alter table inbound_messages drop constraint inbound_messages_recorded_has_its_event;
alter table inbound_messages add constraint inbound_messages_recorded_is_about_somebody
check ((status = 'recorded') = (participant_id is not null) and (event_id is null or status = 'recorded'));
