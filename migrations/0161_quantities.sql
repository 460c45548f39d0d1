-- Runs under releases that know 0066_moved_alone.sql.
--
-- How much an event was of what its target counts (hours worked, steps, doses), in whole hundredths, so that sums are exact.
-- An event that named none counts as one. A release before writes none: it publishes no program that counts.
alter table events add column quantity integer;
alter table events add constraint events_quantity_positive check (quantity between 1 and 100000000) not valid;
alter table events validate constraint events_quantity_positive;

-- `event_row` with a quantity; the release before still writes that one.
create type counted_event_row as (
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
    quantity integer
);
