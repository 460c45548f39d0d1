-- Expected visits: the days on which a clinic is closed, who was expected and did not come, and planned ends.

-- Whole local days, the first and the last included. A closure is taken back only while it lies ahead.
create table closures (
    clinic_id uuid not null,
    closure_id uuid not null,
    first_day date not null,
    last_day date not null,
    reason bytea not null,
    created_at timestamptz not null,
    created_by uuid not null,
    constraint closures_key primary key (clinic_id, closure_id),
    constraint closures_clinic_exists foreign key (clinic_id) references clinics (clinic_id),
    constraint closures_last_day_follows_first check (last_day >= first_day)
);

-- How far each enrollment's missed visits are on record. The row goes ahead only after what it speaks of was
-- committed, so a worker that dies looks again, and two that look at once find the same.
create table visit_checks (
    clinic_id uuid not null,
    enrollment_id uuid not null,
    -- The due day through which every missed visit is on record; null before the first.
    through date,
    -- The latest time by the worker's clock at which that was seen.
    checked_at timestamptz not null,
    -- When the next visit may count as missed; null when none ever will.
    next_at timestamptz,
    constraint visit_checks_key primary key (clinic_id, enrollment_id),
    constraint visit_checks_enrollment_exists foreign key (clinic_id, enrollment_id)
    references enrollments (clinic_id, enrollment_id)
);
create index visit_checks_due on visit_checks (clinic_id, next_at) where next_at is not null;

-- The due day of a visit that nobody came to, where the service itself recorded the event; null in all others.
alter table events add column expected_on date;
create index events_missed on events (clinic_id, expected_on) where expected_on is not null;

-- The last local day that was planned when it was opened; closing it is the worker's.
alter table enrollments add column ends_on date;
alter table enrollments add constraint enrollments_end_after_start check (ends_on >= starts_on);
create index enrollments_ending on enrollments (clinic_id, ends_on) where closed_on is null and ends_on is not null;
-- For the day's list: who is in care on a day, whether that enrollment is still open or was closed since.
create index enrollments_open on enrollments (clinic_id, enrollment_id) where closed_on is null;
create index enrollments_by_close on enrollments (clinic_id, closed_on) where closed_on is not null;

-- Enrollments from before are looked at by the next worker, from their first day.
insert into visit_checks (clinic_id, enrollment_id, checked_at, next_at)
select e.clinic_id, e.enrollment_id, e.opened_at, e.opened_at
from enrollments as e
inner join programs as p on e.clinic_id = p.clinic_id and e.program = p.name and e.version = p.version
where p.document::text like '%"missed_after_hours"%';

do $$
declare
    clinic_table text;
begin
    foreach clinic_table in array array['closures', 'visit_checks'] loop
        execute format('alter table %I enable row level security', clinic_table);
        execute format(
            'create policy %I on %I using (clinic_id = (select current_setting(''app.clinic'')::uuid))',
            clinic_table || '_own_clinic', clinic_table
        );
    end loop;
end
$$;

grant select, insert, delete on closures to rewards_service;
grant select, insert, update on visit_checks to rewards_service;
