-- Runs under releases that know 0066_moved_alone.sql.
--
-- Groups: who meets on which days, and where the attendance of each member is recorded. What is recorded are events like any
-- others; a group holds none, so that it can change or end without changing what was.
create table groups (
    clinic_id uuid not null,
    group_id uuid not null,
    name_en text not null,
    name_es text not null,
    -- The targets by their programs, in the order in which a member's is looked for.
    programs text[] not null,
    targets text[] not null,
    -- When it meets: the weekday from Monday (0) on, the time on the clinic's wall clock, and how long.
    weekdays smallint[] not null,
    begins time[] not null,
    minutes smallint[] not null,
    leader_id uuid,
    active boolean not null default true,
    revision integer not null default 1,
    created_at timestamptz not null,
    created_by uuid not null,
    constraint groups_key primary key (clinic_id, group_id),
    constraint groups_clinic_exists foreign key (clinic_id) references clinics (clinic_id),
    constraint groups_leader_exists foreign key (clinic_id, leader_id) references staff (clinic_id, staff_id),
    constraint groups_record_somewhere check (cardinality(programs) > 0 and cardinality(programs) = cardinality(targets)),
    constraint groups_times_are_whole check (
        cardinality(weekdays) = cardinality(begins) and cardinality(weekdays) = cardinality(minutes)
    )
);
alter table groups enable row level security;
alter table groups force row level security;
create policy groups_own_clinic on groups
using (clinic_id = (select current_setting('app.clinic')::uuid));
grant select, insert on groups to rewards_service;
grant update (name_en, name_es, programs, targets, weekdays, begins, minutes, leader_id, active, revision)
on groups to rewards_service;
-- Those that meet, for the desk, newest first.
create index groups_that_meet on groups (clinic_id, group_id desc) where active;

create table group_members (
    clinic_id uuid not null,
    member_id uuid not null,
    group_id uuid not null,
    participant_id uuid not null,
    joined_at timestamptz not null,
    added_by uuid not null,
    left_at timestamptz,
    removed_by uuid,
    constraint group_members_key primary key (clinic_id, member_id),
    constraint group_members_group_exists foreign key (clinic_id, group_id) references groups (clinic_id, group_id),
    constraint group_members_participant_exists foreign key (clinic_id, participant_id)
    references participants (clinic_id, participant_id),
    -- Somebody took them out where they have left.
    constraint group_members_left_by_somebody check ((left_at is null) = (removed_by is null))
);
alter table group_members enable row level security;
alter table group_members force row level security;
create policy group_members_own_clinic on group_members
using (clinic_id = (select current_setting('app.clinic')::uuid));
grant select, insert on group_members to rewards_service;
grant update (left_at, removed_by) on group_members to rewards_service;
-- Nobody is in a group twice at once; those in it, and those who left, are found by it.
create unique index group_members_once on group_members (clinic_id, group_id, participant_id) where left_at is null;
create index group_members_who_left on group_members (clinic_id, group_id, left_at) where left_at is not null;
create index group_members_of_participant on group_members (clinic_id, participant_id);
