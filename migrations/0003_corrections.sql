-- Corrections are facts about events, and take their place in the enrollment's one order of arrival; so does the
-- move to another version of the program. Nothing here changes a row that was written.

create table corrections (
    clinic_id uuid not null,
    enrollment_id uuid not null,
    -- The place in the order recorded, counted together with the enrollment's events and moves.
    fact_no integer not null,
    correction_id uuid not null,
    participant_id uuid not null,
    event_id uuid not null,
    -- What it corrects: the event, or an earlier correction of it.
    about_id uuid not null,
    kind text not null,
    outcome text,
    reason bytea not null,
    recorded_at timestamptz not null,
    recorded_by uuid not null,
    -- SHA-256 over what was recorded; the audit entry says it too.
    digest bytea not null,
    constraint corrections_key primary key (clinic_id, enrollment_id, fact_no),
    constraint corrections_id_is_unique unique (clinic_id, correction_id),
    constraint corrections_event_exists foreign key (clinic_id, event_id) references events (clinic_id, event_id),
    constraint corrections_fact_no_counts_from_one check (fact_no >= 1),
    constraint corrections_kind_is_known check (kind in ('lab_overturn', 'excuse', 'entry_error')),
    constraint corrections_outcome_of_overturns check ((outcome is not null) = (kind = 'lab_overturn'))
);
create index corrections_by_event on corrections (clinic_id, event_id);

create table enrollment_moves (
    clinic_id uuid not null,
    enrollment_id uuid not null,
    fact_no integer not null,
    from_version integer not null,
    to_version integer not null,
    reason bytea not null,
    moved_at timestamptz not null,
    moved_by uuid not null,
    constraint enrollment_moves_key primary key (clinic_id, enrollment_id, fact_no),
    constraint enrollment_moves_enrollment_exists foreign key (clinic_id, enrollment_id)
    references enrollments (clinic_id, enrollment_id),
    constraint enrollment_moves_fact_no_counts_from_one check (fact_no >= 1),
    constraint enrollment_moves_go_forward check (to_version > from_version)
);

do $$
declare
    clinic_table text;
begin
    foreach clinic_table in array array['corrections', 'enrollment_moves'] loop
        execute format('alter table %I enable row level security', clinic_table);
        execute format(
            'create policy %I on %I using (clinic_id = (select current_setting(''app.clinic'')::uuid))',
            clinic_table || '_own_clinic', clinic_table
        );
    end loop;
end
$$;

grant select, insert on corrections, enrollment_moves to rewards_service;
