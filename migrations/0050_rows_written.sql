-- Rows as the service hands them over to be written: an array of rows a table, where an array a column was before. To
-- make and read sixty arrays took half of the time that a batch of events needs on its way in.
--
-- A type is never altered, since a release before, which may run beside a newer one, still writes it: what is to hold
-- one more column is a new type with a name of its own.
create type event_row as (
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
    imported boolean
);

create type checkpoint_row as (
    enrollment_id uuid,
    facts integer,
    state bytea
);

create type award_row as (
    enrollment_id uuid,
    fact_no integer,
    award_id uuid,
    participant_id uuid,
    event_id uuid,
    cause_no integer,
    slot text,
    kind text,
    unit text,
    amount bigint,
    clipped bigint,
    overpaid bigint,
    unrecovered bigint,
    withheld bigint,
    why bytea
);

create type transfer_row as (
    participant_id uuid,
    unit text,
    transfer_id uuid,
    source text,
    destination text,
    amount bigint,
    cause text,
    cause_id uuid,
    enrollment_id uuid,
    fact_no integer,
    day date,
    funding text
);

create type balance_row as (
    participant_id uuid,
    unit text,
    available bigint,
    held bigint,
    given bigint,
    earned bigint
);

-- An entry of the audit trail; `keyed` is its digest and its link (service/core/audit_chain.py).
create type entry_row as (
    actor_id uuid,
    role text,
    deed text,
    subject_id uuid,
    participant_id uuid,
    detail text,
    keyed bytea
);
