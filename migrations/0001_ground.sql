-- The ground: clinics, people, programs, facts, the ledger, the shelf, and the audit trail.
--
-- Every table of a clinic carries clinic_id first in each key and is closed by row-level security: a
-- transaction sees only the clinic named in its setting app.clinic. The service's role, rewards_service,
-- owns nothing; it may not change or delete facts, awards, transfers or audit entries.
--
-- Tables that are written for every event (events, awards, transfers, balances, checkpoints, audit) carry no
-- foreign keys: their parents are read under lock in the same transaction and can never be deleted, and each
-- check would cost about as much as the row itself. `rewards verify` looks for orphans instead.

do $$
begin
    -- Roles belong to the whole server: another database may be making this one at the same moment.
    begin
        create role rewards_service nologin nosuperuser nobypassrls nocreatedb nocreaterole;
    exception when duplicate_object or unique_violation then null;
    end;
    -- Whoever migrates may act as the service, so that one DATABASE_URL is enough for a small clinic.
    begin
        grant rewards_service to current_user;
    exception when insufficient_privilege then
        raise notice 'rewards_service was made by another role; grant it to % by hand', current_user;
    end;
end
$$;

create table clinics (
    clinic_id uuid not null,
    name text not null,
    zone text not null,
    created_at timestamptz not null,
    constraint clinics_key primary key (clinic_id),
    constraint clinics_name_is_short check (length(name) between 1 and 200)
);

create table keys (
    clinic_id uuid not null,
    key_id uuid not null,
    role text not null,
    label text,
    secret_hash bytea not null,
    created_at timestamptz not null,
    created_by uuid,
    revoked_at timestamptz,
    constraint keys_key primary key (clinic_id, key_id),
    constraint keys_clinic_exists foreign key (clinic_id) references clinics (clinic_id),
    constraint keys_secret_is_unique unique (clinic_id, secret_hash),
    constraint keys_role_is_known
    check (role in ('front_desk', 'clinician', 'manager', 'auditor', 'integration')),
    -- A SHA-256 of a 256-bit secret: the secret itself is never kept.
    constraint keys_secret_is_hashed check (length(secret_hash) = 32)
);

create table participants (
    clinic_id uuid not null,
    participant_id uuid not null,
    reference text not null,
    display_code text not null,
    language text not null default 'en',
    -- Encrypted with AES-256-GCM by the service; the indexes are keyed hashes, for look-ups of whole values.
    name bytea,
    phone bytea,
    email bytea,
    name_index bytea,
    phone_index bytea,
    email_index bytea,
    revision integer not null default 1,
    created_at timestamptz not null,
    constraint participants_key primary key (clinic_id, participant_id),
    constraint participants_clinic_exists foreign key (clinic_id) references clinics (clinic_id),
    constraint participants_reference_is_unique unique (clinic_id, reference),
    constraint participants_display_code_is_unique unique (clinic_id, display_code),
    constraint participants_language_is_known check (language in ('en', 'es'))
);
create index participants_by_name on participants (clinic_id, name_index) where name_index is not null;
create index participants_by_phone on participants (clinic_id, phone_index) where phone_index is not null;
create index participants_by_email on participants (clinic_id, email_index) where email_index is not null;

create table programs (
    clinic_id uuid not null,
    name text not null,
    version integer not null,
    digest bytea not null,
    document jsonb not null,
    published_at timestamptz not null,
    published_by uuid not null,
    constraint programs_key primary key (clinic_id, name, version),
    constraint programs_clinic_exists foreign key (clinic_id) references clinics (clinic_id),
    constraint programs_version_counts_from_one check (version >= 1)
);

create table enrollments (
    clinic_id uuid not null,
    enrollment_id uuid not null,
    participant_id uuid not null,
    program text not null,
    version integer not null,
    starts_on date not null,
    funding text,
    opened_at timestamptz not null,
    opened_by uuid not null,
    closed_on date,
    close_reason bytea,
    closed_by uuid,
    constraint enrollments_key primary key (clinic_id, enrollment_id),
    constraint enrollments_participant_exists foreign key (clinic_id, participant_id)
    references participants (clinic_id, participant_id),
    constraint enrollments_program_exists foreign key (clinic_id, program, version)
    references programs (clinic_id, name, version),
    constraint enrollments_close_after_start check (closed_on >= starts_on),
    constraint enrollments_close_has_a_reason check ((closed_on is null) = (close_reason is null))
);
create index enrollments_by_participant on enrollments (clinic_id, participant_id);
-- One open episode of a program at a time: two would both be paid for the same visit.
create unique index enrollments_one_open_a_program on enrollments (clinic_id, participant_id, program)
where closed_on is null;

-- The fold's state after the last fact, so that the next event need not read all the earlier ones.
create table checkpoints (
    clinic_id uuid not null,
    enrollment_id uuid not null,
    facts integer not null,
    state bytea not null,
    constraint checkpoints_key primary key (clinic_id, enrollment_id),
    constraint checkpoints_facts_not_negative check (facts >= 0)
) with (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.05);

create table events (
    clinic_id uuid not null,
    event_id uuid not null,
    enrollment_id uuid not null,
    participant_id uuid not null,
    -- The place in the order recorded, from 1 within the enrollment.
    fact_no integer not null,
    target text not null,
    outcome text not null,
    effect text not null,
    program_week integer not null,
    occurred_at timestamptz not null,
    recorded_at timestamptz not null,
    recorded_by uuid not null,
    -- The facts that one actor recorded in one request and transaction; the audit entry's subject.
    recording_id uuid not null,
    reference text,
    evidence bytea,
    note bytea,
    -- SHA-256 over what was recorded: says whether a repeat is the same, and is bound into the audit chain.
    digest bytea not null,
    -- The first answer as it was given, so that a repeat is answered with the same bytes.
    receipt bytea not null,
    constraint events_key primary key (clinic_id, event_id),
    constraint events_fact_no_is_unique unique (clinic_id, enrollment_id, fact_no),
    constraint events_fact_no_counts_from_one check (fact_no >= 1),
    constraint events_week_counts_from_one check (program_week >= 1),
    constraint events_effect_is_known check (effect in ('success', 'failure', 'neutral'))
);
create unique index events_reference_is_unique on events (clinic_id, reference) where reference is not null;

-- What was posted for each fact, slot by slot. A later fact adds rows, it never changes one: the amount paid
-- for a slot is the sum of its rows, and overpaid and unrecovered are what is recorded above the rules.
create table awards (
    clinic_id uuid not null,
    enrollment_id uuid not null,
    -- 0 is the welcome.
    fact_no integer not null,
    award_id uuid not null,
    participant_id uuid not null,
    event_id uuid,
    -- The fact that caused this posting: the same one, or a later one that changed it; 0 for the welcome.
    cause_no integer not null,
    slot text not null,
    kind text not null,
    unit text not null,
    amount bigint not null,
    clipped bigint not null,
    overpaid bigint not null,
    unrecovered bigint not null,
    why bytea not null,
    posted_at timestamptz not null,
    constraint awards_key primary key (clinic_id, enrollment_id, fact_no, award_id),
    constraint awards_kind_is_known check (kind in ('base', 'bonus', 'welcome', 'adjustment')),
    constraint awards_only_adjustments_take_back check (amount >= 0 or kind = 'adjustment'),
    constraint awards_clipped_not_negative check (clipped >= 0)
);

-- What each participant has, one row a unit, kept in the same transaction as the transfers.
create table balances (
    clinic_id uuid not null,
    participant_id uuid not null,
    unit text not null,
    available bigint not null,
    held bigint not null,
    given bigint not null,
    earned bigint not null,
    constraint balances_key primary key (clinic_id, participant_id, unit),
    constraint balances_available_not_negative check (available >= 0),
    constraint balances_held_not_negative check (held >= 0),
    constraint balances_given_not_negative check (given >= 0),
    constraint balances_add_up check (available + held + given = earned),
    constraint balances_unit_is_known check (unit in ('usd', 'points', 'draw'))
) with (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.05);

create table transfers (
    clinic_id uuid not null,
    participant_id uuid not null,
    unit text not null,
    transfer_id uuid not null,
    source text not null,
    destination text not null,
    amount bigint not null,
    cause text not null,
    cause_id uuid not null,
    -- Where the cause is an award, the fact it belongs to.
    enrollment_id uuid,
    fact_no integer,
    at timestamptz not null,
    constraint transfers_key primary key (clinic_id, participant_id, unit, transfer_id),
    constraint transfers_amount_is_positive check (amount > 0),
    constraint transfers_accounts_are_known check (
        source in ('issued', 'available', 'held', 'given')
        and destination in ('issued', 'available', 'held', 'given')
    ),
    constraint transfers_move_between_two_accounts check (source <> destination),
    constraint transfers_unit_is_known check (unit in ('usd', 'points', 'draw')),
    constraint transfers_cause_is_known check (cause in ('award', 'redemption'))
);

create table rewards (
    clinic_id uuid not null,
    reward_id uuid not null,
    name text not null,
    description text,
    unit text not null,
    price bigint not null,
    kind text not null,
    category text not null,
    -- Pieces left; null never runs out. A code reward's stock is its unused codes, kept here too.
    stock integer,
    instant boolean not null,
    active boolean not null default true,
    revision integer not null default 1,
    created_at timestamptz not null,
    constraint rewards_key primary key (clinic_id, reward_id),
    constraint rewards_clinic_exists foreign key (clinic_id) references clinics (clinic_id),
    constraint rewards_price_is_positive check (price > 0),
    constraint rewards_stock_not_negative check (stock >= 0),
    constraint rewards_kind_is_known check (kind in ('item', 'code')),
    constraint rewards_unit_is_known check (unit in ('usd', 'points', 'draw')),
    constraint rewards_category_is_allowed
    check (category not in ('cash', 'alcohol', 'tobacco', 'cannabis', 'gambling', 'firearms'))
);

create table stock_changes (
    clinic_id uuid not null,
    reward_id uuid not null,
    stock_change_id uuid not null,
    change integer not null,
    reason bytea not null,
    changed_by uuid not null,
    changed_at timestamptz not null,
    constraint stock_changes_key primary key (clinic_id, reward_id, stock_change_id),
    constraint stock_changes_reward_exists foreign key (clinic_id, reward_id)
    references rewards (clinic_id, reward_id)
);

create table redemptions (
    clinic_id uuid not null,
    redemption_id uuid not null,
    participant_id uuid not null,
    reward_id uuid not null,
    quantity integer not null,
    unit text not null,
    amount bigint not null,
    status text not null,
    requested_at timestamptz not null,
    requested_by uuid not null,
    settled_at timestamptz,
    settled_by uuid,
    constraint redemptions_key primary key (clinic_id, redemption_id),
    constraint redemptions_participant_exists foreign key (clinic_id, participant_id)
    references participants (clinic_id, participant_id),
    constraint redemptions_reward_exists foreign key (clinic_id, reward_id)
    references rewards (clinic_id, reward_id),
    constraint redemptions_status_is_known check (status in ('held', 'given', 'canceled')),
    constraint redemptions_quantity_is_positive check (quantity > 0),
    constraint redemptions_amount_is_positive check (amount > 0),
    constraint redemptions_settled_once check ((status = 'held') = (settled_at is null))
);
create index redemptions_by_participant on redemptions (clinic_id, participant_id, redemption_id);
create index redemptions_open on redemptions (clinic_id, redemption_id) where status = 'held';

-- Codes of gift cards and the like, each given once; encrypted, with a keyed hash so that none is added twice.
create table reward_codes (
    clinic_id uuid not null,
    reward_id uuid not null,
    code_id uuid not null,
    code bytea not null,
    code_index bytea not null,
    redemption_id uuid,
    added_at timestamptz not null,
    constraint reward_codes_key primary key (clinic_id, reward_id, code_id),
    constraint reward_codes_reward_exists foreign key (clinic_id, reward_id)
    references rewards (clinic_id, reward_id),
    constraint reward_codes_code_is_unique unique (clinic_id, code_index)
);
create index reward_codes_unused on reward_codes (clinic_id, reward_id, code_id) where redemption_id is null;
create index reward_codes_of_redemption on reward_codes (clinic_id, redemption_id)
where redemption_id is not null;

-- The first answer to each idempotency key, encrypted because answers may hold names and codes.
create table idempotency (
    clinic_id uuid not null,
    actor_id uuid not null,
    key text not null,
    digest bytea not null,
    -- What the first answer was: made, found there already, or neither.
    made text not null,
    answer bytea not null,
    -- Keys that moved value never expire.
    moved_value boolean not null,
    answered_at timestamptz not null,
    constraint idempotency_key primary key (clinic_id, actor_id, key),
    constraint idempotency_made_is_known check (made in ('created', 'found', 'done'))
);
create index idempotency_may_expire on idempotency (clinic_id, answered_at) where not moved_value;

-- The end of each clinic's hash chain; its row is locked last in a transaction, and for as short as can be.
create table audit_heads (
    clinic_id uuid not null,
    seq bigint not null,
    hash bytea not null,
    constraint audit_heads_key primary key (clinic_id),
    constraint audit_heads_clinic_exists foreign key (clinic_id) references clinics (clinic_id)
) with (fillfactor = 20, autovacuum_vacuum_scale_factor = 0.01);

-- Who did or read what. hash = sha256(hash of the entry before || digest of this one).
create table audit (
    clinic_id uuid not null,
    seq bigint not null,
    at timestamptz not null,
    actor_id uuid not null,
    role text not null,
    deed text not null,
    subject_id uuid,
    participant_id uuid,
    detail text not null,
    digest bytea not null,
    hash bytea not null,
    constraint audit_key primary key (clinic_id, seq),
    constraint audit_seq_counts_from_one check (seq >= 1)
);
create index audit_by_participant on audit (clinic_id, participant_id, seq) where participant_id is not null;

do $$
declare
    clinic_table text;
begin
    foreach clinic_table in array array[
        'clinics', 'keys', 'participants', 'programs', 'enrollments', 'checkpoints', 'events', 'awards',
        'balances', 'transfers', 'rewards', 'stock_changes', 'redemptions', 'reward_codes', 'idempotency',
        'audit_heads', 'audit'
    ] loop
        execute format('alter table %I enable row level security', clinic_table);
        -- The setting is read once a statement, not once a row.
        execute format(
            'create policy %I on %I using (clinic_id = (select current_setting(''app.clinic'')::uuid))',
            clinic_table || '_own_clinic', clinic_table
        );
    end loop;
end
$$;

grant select, insert on
clinics, programs, events, awards, transfers, stock_changes, audit
to rewards_service;
grant select, insert, update on
keys, participants, enrollments, checkpoints, balances, rewards, redemptions, reward_codes, audit_heads
to rewards_service;
grant select, insert, delete on idempotency to rewards_service;
-- Whoever migrates makes this table before the first migration. The service reads it to say whether it is ready.
grant select on schema_migrations to rewards_service;

-- The one thing that may be asked across clinics: which there are. The worker and `rewards verify` go through
-- them one by one.
create function clinic_ids() returns setof uuid
language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
select clinic_id from public.clinics order by clinic_id;
end;
revoke all on function clinic_ids() from public;
grant execute on function clinic_ids() to rewards_service;
