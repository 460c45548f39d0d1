-- Runs under releases that know 0066_moved_alone.sql.
--
-- How long somebody was there, in minutes, as an event of attendance said it; none where it said nothing. It earns nothing.
-- Another number for the same visit is a correction of its own kind, which changes no award. A release before writes neither.
alter table events add column minutes smallint;
alter table events add constraint events_minutes_of_a_day check (minutes between 1 and 1440) not valid;
alter table events validate constraint events_minutes_of_a_day;

alter table corrections add column minutes smallint;
alter table corrections drop constraint corrections_kind_is_known;
alter table corrections add constraint corrections_kind_is_known
check (kind in ('lab_overturn', 'excuse', 'entry_error', 'minutes')) not valid;
alter table corrections validate constraint corrections_kind_is_known;
alter table corrections add constraint corrections_minutes_of_a_day check (minutes between 1 and 1440) not valid;
alter table corrections validate constraint corrections_minutes_of_a_day;
-- Only a correction of the minutes names some.
alter table corrections add constraint corrections_minutes_of_minutes
check ((minutes is not null) = (kind = 'minutes')) not valid;
alter table corrections validate constraint corrections_minutes_of_minutes;

-- `counted_event_row` with minutes; the release before still writes that one.
create type timed_event_row as (
    event_id uuid,
    enrollment_id uuid,
    participant_id uuid,
    fact_no integer,
    target text,
    outcome text,
    effect text,
    program_week integer,
    occurred_at timestamptz,
    recorded_by uuid,
    recording_id uuid,
    reference text,
    reference_no integer,
    evidence bytea,
    note bytea,
    digest bytea,
    receipt bytea,
    expected_on date,
    another_of uuid,
    imported boolean,
    quantity integer,
    minutes smallint
);
