-- Today's tables: what the migrations have made, printed by `python -m service.store.schema`. Do not edit.
-- The reasons stand in the migrations that each table names.
-- Left out: the partitions of one week each, which make_weeks and drop_weeks make and drop.

create table schema_migrations (
    name text not null,
    checksum text not null,
    applied_at timestamptz not null default now(),
    runs_under text,
    constraint schema_migrations_key primary key (name)
);
grant select on schema_migrations to rewards_service;

-- 0001_ground.sql, 0013_sign_in.sql, 0032_bound_names.sql, 0048_key_checks.sql, 0173_clinic_phone.sql, 0180_managers_are_asked.sql
create table clinics (
    clinic_id uuid not null,
    name text not null,
    zone text not null,
    created_at timestamptz not null,
    second_factor_needed boolean not null default false,
    names_bound boolean not null default false,
    index_check bytea,
    audit_check bytea,
    phone text,
    managers_asked_since timestamptz,
    constraint clinics_key primary key (clinic_id),
    constraint clinics_checks_are_hashes check (length(index_check) = 32 and length(audit_check) = 32),
    constraint clinics_name_is_short check (length(name) >= 1 and length(name) <= 200),
    constraint clinics_phone_is_short check (length(phone) >= 3 and length(phone) <= 32)
);
alter table clinics enable row level security, force row level security;
create policy clinics_own_clinic on clinics using (clinic_id = (select current_setting('app.clinic')::uuid));
create policy clinics_owner on clinics to rewards_owner using ((select session_user <> current_user or current_setting('app.across', true) = 'owner'));
grant select, insert on clinics to rewards_service;
grant update (second_factor_needed, names_bound, index_check, audit_check, phone) on clinics to rewards_service;

-- 0001_ground.sql, 0026_persons.sql, 0072_marks.sql
create table keys (
    clinic_id uuid not null,
    key_id uuid not null,
    role text not null,
    label text,
    secret_hash bytea not null,
    created_at timestamptz not null,
    created_by uuid,
    revoked_at timestamptz,
    responsible uuid,
    expires_on date not null,
    scopes text[] not null,
    mark text,
    constraint keys_key primary key (clinic_id, key_id),
    constraint keys_secret_is_unique unique (clinic_id, secret_hash),
    constraint keys_clinic_exists foreign key (clinic_id) references clinics(clinic_id),
    constraint keys_role_is_known check (role in ('front_desk', 'clinician', 'manager', 'auditor', 'integration')),
    constraint keys_scopes_are_known check (cardinality(scopes) > 0 and scopes <@ array['people.read', 'people.write', 'events.read', 'events.write', 'money.read', 'money.write', 'shelf.read', 'shelf.write', 'programs.read', 'programs.write', 'notices.read', 'notices.write', 'secrets.write', 'access.read', 'access.write', 'audit.read']),
    constraint keys_secret_is_hashed check (length(secret_hash) = 32)
);
alter table keys enable row level security, force row level security;
create index keys_by_responsible on keys (clinic_id, responsible) where responsible is not null;
create policy keys_own_clinic on keys using (clinic_id = (select current_setting('app.clinic')::uuid));
create policy keys_owner on keys to rewards_owner using ((select session_user <> current_user or current_setting('app.across', true) = 'owner'));
grant select, insert on keys to rewards_service;
grant update (revoked_at, responsible, mark) on keys to rewards_service;

-- 0001_ground.sql, 0018_merges.sql, 0025_departures.sql, 0170_told_apart_by.sql, 0217_when_charts_changed.sql, 0241_birth_years.sql
create table participants (
    clinic_id uuid not null,
    participant_id uuid not null,
    reference text not null,
    display_code text not null,
    language text not null default 'en',
    name bytea,
    phone bytea,
    email bytea,
    name_index bytea,
    phone_index bytea,
    email_index bytea,
    revision integer not null default 1,
    created_at timestamptz not null,
    survivor_id uuid,
    survived_since timestamptz,
    has_merged boolean not null default false,
    status text not null default 'active',
    status_on date,
    mark bytea,
    changed_at timestamptz,
    birth_year bytea,
    constraint participants_key primary key (clinic_id, participant_id),
    constraint participants_display_code_is_unique unique (clinic_id, display_code),
    constraint participants_reference_is_unique unique (clinic_id, reference),
    constraint participants_clinic_exists foreign key (clinic_id) references clinics(clinic_id),
    constraint participants_survivor_exists foreign key (clinic_id, survivor_id) references participants(clinic_id, participant_id),
    constraint participants_gone_since_a_day check ((status = 'active') = (status_on is null)),
    constraint participants_language_is_known check (language in ('en', 'es')),
    constraint participants_status_is_known check (status in ('active', 'left', 'moved', 'deceased')),
    constraint participants_survivor_by_a_merge check (survivor_id is null or has_merged),
    constraint participants_survivor_is_another check (survivor_id <> participant_id),
    constraint participants_survivor_since_when check ((survivor_id is null) = (survived_since is null))
);
alter table participants enable row level security, force row level security;
create index participants_by_email on participants (clinic_id, email_index) where email_index is not null;
create index participants_by_name on participants (clinic_id, name_index) where name_index is not null;
create index participants_by_phone on participants (clinic_id, phone_index) where phone_index is not null;
create index participants_by_survivor on participants (clinic_id, survivor_id) where survivor_id is not null;
create policy participants_own_clinic on participants using (clinic_id = (select current_setting('app.clinic')::uuid));
create policy participants_owner on participants to rewards_owner using ((select session_user <> current_user or current_setting('app.across', true) = 'owner'));
grant select, insert, update on participants to rewards_service;

-- 0001_ground.sql
create table programs (
    clinic_id uuid not null,
    name text not null,
    version integer not null,
    digest bytea not null,
    document jsonb not null,
    published_at timestamptz not null,
    published_by uuid not null,
    constraint programs_key primary key (clinic_id, name, version),
    constraint programs_clinic_exists foreign key (clinic_id) references clinics(clinic_id),
    constraint programs_version_counts_from_one check (version >= 1)
);
alter table programs enable row level security, force row level security;
create policy programs_own_clinic on programs using (clinic_id = (select current_setting('app.clinic')::uuid));
create policy programs_owner on programs to rewards_owner using ((select session_user <> current_user or current_setting('app.across', true) = 'owner'));
grant select, insert on programs to rewards_service;

-- 0001_ground.sql, 0006_visits.sql, 0008_near_days.sql, 0018_merges.sql, 0217_when_charts_changed.sql
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
    ends_on date,
    chart_id uuid,
    changed_at timestamptz,
    constraint enrollments_key primary key (clinic_id, enrollment_id),
    constraint enrollments_chart_exists foreign key (clinic_id, chart_id) references participants(clinic_id, participant_id),
    constraint enrollments_participant_exists foreign key (clinic_id, participant_id) references participants(clinic_id, participant_id),
    constraint enrollments_program_exists foreign key (clinic_id, program, version) references programs(clinic_id, name, version),
    constraint enrollments_chart_is_another check (chart_id <> participant_id),
    constraint enrollments_close_after_start check (closed_on >= starts_on),
    constraint enrollments_close_has_a_reason check ((closed_on is null) = (close_reason is null)),
    constraint enrollments_end_after_start check (ends_on >= starts_on)
);
alter table enrollments add constraint enrollments_days_are_near check (starts_on >= '1900-01-01'::date and starts_on <= '2200-12-31'::date and closed_on >= '1900-01-01'::date and closed_on <= '2200-12-31'::date and ends_on >= '1900-01-01'::date and ends_on <= '2200-12-31'::date) not valid;
alter table enrollments enable row level security, force row level security;
create index enrollments_by_close on enrollments (clinic_id, closed_on) where closed_on is not null;
create index enrollments_by_participant on enrollments (clinic_id, participant_id);
create index enrollments_by_program on enrollments (clinic_id, program, coalesce(closed_on, 'infinity'::date));
create index enrollments_by_start on enrollments (clinic_id, starts_on);
create index enrollments_ending on enrollments (clinic_id, ends_on) where closed_on is null and ends_on is not null;
create index enrollments_newest_of_program on enrollments (clinic_id, program, enrollment_id);
create unique index enrollments_one_open_a_program on enrollments (clinic_id, participant_id, program) where closed_on is null;
create index enrollments_open on enrollments (clinic_id, enrollment_id) where closed_on is null;
create policy enrollments_own_clinic on enrollments using (clinic_id = (select current_setting('app.clinic')::uuid));
create policy enrollments_owner on enrollments to rewards_owner using ((select session_user <> current_user or current_setting('app.across', true) = 'owner'));
grant select, insert on enrollments to rewards_service;
grant update (participant_id, version, closed_on, close_reason, closed_by, chart_id, changed_at) on enrollments to rewards_service;

-- 0001_ground.sql, 0236_visits_by_target.sql
create table checkpoints (
    clinic_id uuid not null,
    enrollment_id uuid not null,
    facts integer not null,
    state bytea not null,
    came_at timestamptz,
    constraint checkpoints_key primary key (clinic_id, enrollment_id),
    constraint checkpoints_facts_not_negative check (facts >= 0)
) with (fillfactor=50, autovacuum_vacuum_scale_factor=0.05);
alter table checkpoints enable row level security, force row level security;
create policy checkpoints_own_clinic on checkpoints using (clinic_id = (select current_setting('app.clinic')::uuid));
create policy checkpoints_owner on checkpoints to rewards_owner using ((select session_user <> current_user or current_setting('app.across', true) = 'owner'));
grant select, insert, update on checkpoints to rewards_service;

-- 0001_ground.sql, 0006_visits.sql, 0016_visits.sql, 0020_imports.sql, 0161_quantities.sql, 0240_minutes_attended.sql
create table events (
    clinic_id uuid not null,
    event_id uuid not null,
    enrollment_id uuid not null,
    participant_id uuid not null,
    fact_no integer not null,
    target text not null,
    outcome text not null,
    effect text not null,
    program_week integer not null,
    occurred_at timestamptz not null,
    recorded_at timestamptz not null,
    recorded_by uuid not null,
    recording_id uuid not null,
    reference text,
    evidence bytea,
    note bytea,
    digest bytea not null,
    receipt bytea not null,
    expected_on date,
    reference_no integer not null default 0,
    another_of uuid,
    imported boolean not null default false,
    quantity integer,
    minutes smallint,
    constraint events_key primary key (clinic_id, event_id),
    constraint events_fact_no_is_unique unique (clinic_id, enrollment_id, fact_no),
    constraint events_another_exists foreign key (clinic_id, another_of) references events(clinic_id, event_id),
    constraint events_another_is_of_another check (another_of <> event_id),
    constraint events_effect_is_known check (effect in ('success', 'failure', 'neutral')),
    constraint events_fact_no_counts_from_one check (fact_no >= 1),
    constraint events_minutes_of_a_day check (minutes >= 1 and minutes <= 1440),
    constraint events_quantity_positive check (quantity >= 1 and quantity <= 100000000),
    constraint events_reference_no_is_of_a_reference check (reference_no = 0 or reference_no > 0 and reference is not null),
    constraint events_week_counts_from_one check (program_week >= 1)
);
alter table events enable row level security, force row level security;
create index events_another on events (clinic_id, event_id) where another_of is not null;
create index events_by_time on events (clinic_id, occurred_at, event_id);
create index events_missed on events (clinic_id, expected_on) where expected_on is not null;
create unique index events_reference_is_unique on events (clinic_id, reference, reference_no) where reference is not null;
create policy events_own_clinic on events using (clinic_id = (select current_setting('app.clinic')::uuid));
create policy events_owner on events to rewards_owner using ((select session_user <> current_user or current_setting('app.across', true) = 'owner'));
grant select, insert on events to rewards_service;

-- 0001_ground.sql, 0004_caps.sql
create table awards (
    clinic_id uuid not null,
    enrollment_id uuid not null,
    fact_no integer not null,
    award_id uuid not null,
    participant_id uuid not null,
    event_id uuid,
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
    withheld bigint not null default 0,
    constraint awards_key primary key (clinic_id, enrollment_id, fact_no, award_id),
    constraint awards_clipped_not_negative check (clipped >= 0),
    constraint awards_kind_is_known check (kind in ('base', 'bonus', 'welcome', 'adjustment')),
    constraint awards_only_adjustments_give_up_withheld check (withheld >= 0 or kind = 'adjustment'),
    constraint awards_only_adjustments_take_back check (amount >= 0 or kind = 'adjustment')
);
alter table awards enable row level security, force row level security;
create policy awards_own_clinic on awards using (clinic_id = (select current_setting('app.clinic')::uuid));
create policy awards_owner on awards to rewards_owner using ((select session_user <> current_user or current_setting('app.across', true) = 'owner'));
grant select, insert on awards to rewards_service;

-- 0001_ground.sql, 0221_currencies.sql
create table balances (
    clinic_id uuid not null,
    participant_id uuid not null,
    unit text not null,
    available bigint not null,
    held bigint not null,
    given bigint not null,
    earned bigint not null,
    constraint balances_key primary key (clinic_id, participant_id, unit),
    constraint balances_add_up check ((available + held + given) = earned),
    constraint balances_available_not_negative check (available >= 0),
    constraint balances_given_not_negative check (given >= 0),
    constraint balances_held_not_negative check (held >= 0),
    constraint balances_unit_has_its_form check (unit ~ '^[a-z]{3}$' or (unit in ('points', 'draw')))
) with (fillfactor=50, autovacuum_vacuum_scale_factor=0.05);
alter table balances enable row level security, force row level security;
create policy balances_own_clinic on balances using (clinic_id = (select current_setting('app.clinic')::uuid));
create policy balances_owner on balances to rewards_owner using ((select session_user <> current_user or current_setting('app.across', true) = 'owner'));
grant select, insert, update on balances to rewards_service;

-- 0001_ground.sql, 0002_credits.sql, 0018_merges.sql, 0019_lost_cards_and_openings.sql, 0025_departures.sql, 0146_reward_providers.sql, 0221_currencies.sql
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
    enrollment_id uuid,
    fact_no integer,
    at timestamptz not null,
    day date,
    funding text,
    constraint transfers_key primary key (clinic_id, participant_id, unit, transfer_id),
    constraint transfers_accounts_are_known check ((source in ('issued', 'available', 'held', 'given', 'merged')) and (destination in ('issued', 'available', 'held', 'given', 'merged'))),
    constraint transfers_amount_is_positive check (amount > 0),
    constraint transfers_cause_is_known check (cause in ('award', 'redemption', 'draw', 'prize', 'hat', 'manual', 'merge', 'opening', 'departure', 'order_failed', 'refund')),
    constraint transfers_day_of_credits check (cause <> 'departure' and (day is not null) = (source = 'issued' or destination = 'issued') or (cause in ('opening', 'departure')) and day is null),
    constraint transfers_merged_by_a_merge check ((cause = 'merge') = ('merged' = source or 'merged' = destination)),
    constraint transfers_move_between_two_accounts check (source <> destination),
    constraint transfers_of_orders_return_value check ((cause <> 'order_failed' or source = 'held' and destination = 'available') and (cause <> 'refund' or source = 'given' and destination = 'available')),
    constraint transfers_unit_has_its_form check (unit ~ '^[a-z]{3}$' or (unit in ('points', 'draw')))
);
alter table transfers enable row level security, force row level security;
create index transfers_given on transfers (clinic_id, at) where 'given' = source or 'given' = destination;
create index transfers_opened on transfers (clinic_id, day) where cause = 'opening';
create policy transfers_own_clinic on transfers using (clinic_id = (select current_setting('app.clinic')::uuid));
create policy transfers_owner on transfers to rewards_owner using ((select session_user <> current_user or current_setting('app.across', true) = 'owner'));
grant select, insert on transfers to rewards_service;

-- 0001_ground.sql, 0022_worth.sql, 0046_lowered_alone.sql, 0066_moved_alone.sql, 0146_reward_providers.sql, 0194_reward_names.sql, 0221_currencies.sql
create table rewards (
    clinic_id uuid not null,
    reward_id uuid not null,
    name text not null,
    description text,
    unit text not null,
    price bigint not null,
    kind text not null,
    category text not null,
    stock integer,
    instant boolean not null,
    active boolean not null default true,
    revision integer not null default 1,
    created_at timestamptz not null,
    fair_value bigint,
    lowered_by uuid,
    moved_by uuid,
    provider_product_id uuid,
    face bigint,
    name_es text,
    description_es text,
    picture text,
    constraint rewards_key primary key (clinic_id, reward_id),
    constraint rewards_clinic_exists foreign key (clinic_id) references clinics(clinic_id),
    constraint rewards_category_is_allowed check (category not in ('cash', 'alcohol', 'tobacco', 'cannabis', 'gambling', 'firearms')),
    constraint rewards_description_es_stands_beside_one check (description_es is null or description is not null and length(description_es) >= 1 and length(description_es) <= 1000),
    constraint rewards_fair_value_not_negative check (fair_value >= 0),
    constraint rewards_kind_is_known check (kind in ('item', 'code', 'provider')),
    constraint rewards_name_es_is_short check (length(name_es) >= 1 and length(name_es) <= 200),
    constraint rewards_of_providers_are_in_dollars check (kind <> 'provider' or (unit in ('usd', 'points', 'draw'))),
    constraint rewards_of_providers_cost_their_face check (kind <> 'provider' or face > 0 and stock is null and (unit <> 'usd' or price = face)),
    constraint rewards_of_providers_name_a_product check ((kind = 'provider') = (provider_product_id is not null) and (kind = 'provider') = (face is not null)),
    constraint rewards_picture_is_known check (picture in ('gift', 'food', 'coffee', 'transport', 'health', 'phone', 'clothes', 'home', 'book', 'ticket', 'sport', 'family', 'card')),
    constraint rewards_price_is_positive check (price > 0),
    constraint rewards_stock_not_negative check (stock >= 0),
    constraint rewards_unit_has_its_form check (unit ~ '^[a-z]{3}$' or (unit in ('points', 'draw')))
);
alter table rewards enable row level security, force row level security;
create policy rewards_own_clinic on rewards using (clinic_id = (select current_setting('app.clinic')::uuid));
create policy rewards_owner on rewards to rewards_owner using ((select session_user <> current_user or current_setting('app.across', true) = 'owner'));
grant select, insert on rewards to rewards_service;
grant update (name, description, price, category, stock, instant, active, revision, fair_value, lowered_by, moved_by, face, name_es, description_es, picture) on rewards to rewards_service;

-- 0001_ground.sql, 0007_second_persons.sql, 0019_lost_cards_and_openings.sql
create table stock_changes (
    clinic_id uuid not null,
    reward_id uuid not null,
    stock_change_id uuid not null,
    change integer not null,
    reason bytea not null,
    changed_by uuid not null,
    changed_at timestamptz not null,
    write_off_id uuid,
    taken_alone boolean not null default false,
    redemption_change_id uuid,
    constraint stock_changes_key primary key (clinic_id, reward_id, stock_change_id),
    constraint stock_changes_reward_exists foreign key (clinic_id, reward_id) references rewards(clinic_id, reward_id),
    constraint stock_changes_by_one_thing check (write_off_id is null or redemption_change_id is null),
    constraint stock_changes_fewer_by_a_write_off check ((change < 0 and not taken_alone) = (write_off_id is not null or redemption_change_id is not null))
);
alter table stock_changes enable row level security, force row level security;
create unique index stock_changes_redemption_change_is_unique on stock_changes (clinic_id, redemption_change_id) where redemption_change_id is not null;
create unique index stock_changes_write_off_is_unique on stock_changes (clinic_id, write_off_id) where write_off_id is not null;
create policy stock_changes_own_clinic on stock_changes using (clinic_id = (select current_setting('app.clinic')::uuid));
create policy stock_changes_owner on stock_changes to rewards_owner using ((select session_user <> current_user or current_setting('app.across', true) = 'owner'));
grant select, insert on stock_changes to rewards_service;

-- 0001_ground.sql, 0022_worth.sql, 0046_lowered_alone.sql, 0146_reward_providers.sql
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
    fair_value bigint,
    lowered_by uuid,
    refunded bigint not null default 0,
    constraint redemptions_key primary key (clinic_id, redemption_id),
    constraint redemptions_participant_exists foreign key (clinic_id, participant_id) references participants(clinic_id, participant_id),
    constraint redemptions_reward_exists foreign key (clinic_id, reward_id) references rewards(clinic_id, reward_id),
    constraint redemptions_amount_is_positive check (amount > 0),
    constraint redemptions_fair_value_not_negative check (fair_value >= 0),
    constraint redemptions_quantity_is_positive check (quantity > 0),
    constraint redemptions_refunded_up_to_their_price check (refunded >= 0 and refunded <= amount),
    constraint redemptions_reversed_by_a_whole_refund check ((status = 'reversed') = (refunded = amount) and (refunded = 0 or (status in ('given', 'reversed')))),
    constraint redemptions_settled_once check ((status in ('held', 'ordered', 'awaiting_provider', 'awaiting_funds')) = (settled_at is null)),
    constraint redemptions_status_is_known check (status in ('held', 'given', 'canceled', 'ordered', 'awaiting_provider', 'awaiting_funds', 'failed', 'reversed'))
);
alter table redemptions enable row level security, force row level security;
create index redemptions_by_participant on redemptions (clinic_id, participant_id, redemption_id);
create index redemptions_by_status on redemptions (clinic_id, status, redemption_id);
create index redemptions_given on redemptions (clinic_id, settled_at) where status = 'given';
create policy redemptions_own_clinic on redemptions using (clinic_id = (select current_setting('app.clinic')::uuid));
create policy redemptions_owner on redemptions to rewards_owner using ((select session_user <> current_user or current_setting('app.across', true) = 'owner'));
grant select, insert on redemptions to rewards_service;
grant update (status, settled_at, settled_by, refunded) on redemptions to rewards_service;

-- 0001_ground.sql, 0005_draws.sql
create table reward_codes (
    clinic_id uuid not null,
    reward_id uuid not null,
    code_id uuid not null,
    code bytea not null,
    code_index bytea not null,
    redemption_id uuid,
    added_at timestamptz not null,
    prize_id uuid,
    constraint reward_codes_key primary key (clinic_id, reward_id, code_id),
    constraint reward_codes_code_is_unique unique (clinic_id, code_index),
    constraint reward_codes_reward_exists foreign key (clinic_id, reward_id) references rewards(clinic_id, reward_id),
    constraint reward_codes_given_once check (redemption_id is null or prize_id is null)
);
alter table reward_codes enable row level security, force row level security;
create index reward_codes_of_prize on reward_codes (clinic_id, prize_id) where prize_id is not null;
create index reward_codes_of_redemption on reward_codes (clinic_id, redemption_id) where redemption_id is not null;
create index reward_codes_unused on reward_codes (clinic_id, reward_id, code_id) where redemption_id is null and prize_id is null;
create policy reward_codes_own_clinic on reward_codes using (clinic_id = (select current_setting('app.clinic')::uuid));
create policy reward_codes_owner on reward_codes to rewards_owner using ((select session_user <> current_user or current_setting('app.across', true) = 'owner'));
grant select, insert, update on reward_codes to rewards_service;

-- 0001_ground.sql, 0007_second_persons.sql, 0080_answers_kept_once.sql
create table idempotency (
    clinic_id uuid not null,
    actor_id uuid not null,
    key text not null,
    digest bytea not null,
    made text not null,
    answer bytea,
    moved_value boolean not null,
    answered_at timestamptz not null,
    event_id uuid,
    constraint idempotency_key primary key (clinic_id, actor_id, key),
    constraint idempotency_answer_is_kept_once check ((answer is null) <> (event_id is null)),
    constraint idempotency_made_is_known check (made in ('created', 'found', 'done', 'proposed'))
);
alter table idempotency enable row level security, force row level security;
create index idempotency_may_expire on idempotency (clinic_id, answered_at) where not moved_value;
create policy idempotency_own_clinic on idempotency using (clinic_id = (select current_setting('app.clinic')::uuid));
create policy idempotency_owner on idempotency to rewards_owner using ((select session_user <> current_user or current_setting('app.across', true) = 'owner'));
grant select, insert, delete on idempotency to rewards_service;

-- 0001_ground.sql, 0031_keyed_audit.sql
create table audit_heads (
    clinic_id uuid not null,
    seq bigint not null,
    hash bytea not null,
    seal bytea,
    constraint audit_heads_key primary key (clinic_id),
    constraint audit_heads_clinic_exists foreign key (clinic_id) references clinics(clinic_id),
    constraint audit_heads_seal_is_a_hash check (length(seal) = 32)
) with (fillfactor=20, autovacuum_vacuum_scale_factor=0.01);
alter table audit_heads enable row level security, force row level security;
create policy audit_heads_own_clinic on audit_heads using (clinic_id = (select current_setting('app.clinic')::uuid));
create policy audit_heads_owner on audit_heads to rewards_owner using ((select session_user <> current_user or current_setting('app.across', true) = 'owner'));
grant select, insert, update on audit_heads to rewards_service;

-- 0001_ground.sql
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
alter table audit enable row level security, force row level security;
create index audit_by_deed on audit (clinic_id, deed, seq) where deed <> 'event.recorded';
create index audit_by_participant on audit (clinic_id, participant_id, seq) where participant_id is not null;
create index audit_by_time on audit (clinic_id, at, seq);
create policy audit_own_clinic on audit using (clinic_id = (select current_setting('app.clinic')::uuid));
create policy audit_owner on audit to rewards_owner using ((select session_user <> current_user or current_setting('app.across', true) = 'owner'));
grant select, insert on audit to rewards_service;

-- 0003_corrections.sql, 0009_closure_excuses.sql, 0018_merges.sql, 0236_visits_by_target.sql, 0240_minutes_attended.sql
create table corrections (
    clinic_id uuid not null,
    enrollment_id uuid not null,
    fact_no integer not null,
    correction_id uuid not null,
    participant_id uuid not null,
    event_id uuid not null,
    about_id uuid not null,
    kind text not null,
    outcome text,
    reason bytea not null,
    recorded_at timestamptz not null,
    recorded_by uuid not null,
    digest bytea not null,
    closure_id uuid,
    merge_id uuid,
    stands text,
    standing text,
    minutes smallint,
    constraint corrections_key primary key (clinic_id, enrollment_id, fact_no),
    constraint corrections_id_is_unique unique (clinic_id, correction_id),
    constraint corrections_event_exists foreign key (clinic_id, event_id) references events(clinic_id, event_id),
    constraint corrections_closure_only_excuses check (closure_id is null or kind = 'excuse'),
    constraint corrections_fact_no_counts_from_one check (fact_no >= 1),
    constraint corrections_kind_is_known check (kind in ('lab_overturn', 'excuse', 'entry_error', 'minutes')),
    constraint corrections_merge_only_withdraws check (merge_id is null or kind = 'entry_error'),
    constraint corrections_minutes_of_a_day check (minutes >= 1 and minutes <= 1440),
    constraint corrections_minutes_of_minutes check ((minutes is not null) = (kind = 'minutes')),
    constraint corrections_outcome_of_overturns check ((outcome is not null) = (kind = 'lab_overturn')),
    constraint corrections_standing_is_known check (standing in ('success', 'failure', 'neutral', 'withdrawn')),
    constraint corrections_withdrawn_stand_for_nothing check ((standing = 'withdrawn') = (stands is null))
);
alter table corrections enable row level security, force row level security;
create index corrections_by_closure on corrections (clinic_id, closure_id) where closure_id is not null;
create index corrections_by_event on corrections (clinic_id, event_id);
create index corrections_by_merge on corrections (clinic_id, merge_id) where merge_id is not null;
create policy corrections_own_clinic on corrections using (clinic_id = (select current_setting('app.clinic')::uuid));
create policy corrections_owner on corrections to rewards_owner using ((select session_user <> current_user or current_setting('app.across', true) = 'owner'));
grant select, insert on corrections to rewards_service;

-- 0003_corrections.sql
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
    constraint enrollment_moves_enrollment_exists foreign key (clinic_id, enrollment_id) references enrollments(clinic_id, enrollment_id),
    constraint enrollment_moves_fact_no_counts_from_one check (fact_no >= 1),
    constraint enrollment_moves_go_forward check (to_version > from_version)
);
alter table enrollment_moves enable row level security, force row level security;
create policy enrollment_moves_own_clinic on enrollment_moves using (clinic_id = (select current_setting('app.clinic')::uuid));
create policy enrollment_moves_owner on enrollment_moves to rewards_owner using ((select session_user <> current_user or current_setting('app.across', true) = 'owner'));
grant select, insert on enrollment_moves to rewards_service;

-- 0004_caps.sql, 0008_near_days.sql, 0221_currencies.sql
create table caps (
    clinic_id uuid not null,
    cap_id uuid not null,
    per text not null,
    unit text not null,
    amount bigint not null,
    funding text,
    starts_on date not null,
    ends_on date,
    reason bytea not null,
    created_at timestamptz not null,
    created_by uuid not null,
    constraint caps_key primary key (clinic_id, cap_id),
    constraint caps_clinic_exists foreign key (clinic_id) references clinics(clinic_id),
    constraint caps_amount_not_negative check (amount >= 0),
    constraint caps_per_is_known check (per in ('event', 'day', 'week', 'month', 'year', 'enrollment')),
    constraint caps_unit_has_its_form check (unit ~ '^[a-z]{3}$' or (unit in ('points', 'draw')))
);
alter table caps add constraint caps_days_are_near check (starts_on >= '1900-01-01'::date and starts_on <= '2200-12-31'::date and ends_on >= '1900-01-01'::date and ends_on <= '2200-12-31'::date) not valid;
alter table caps enable row level security, force row level security;
create policy caps_own_clinic on caps using (clinic_id = (select current_setting('app.clinic')::uuid));
create policy caps_owner on caps to rewards_owner using ((select session_user <> current_user or current_setting('app.across', true) = 'owner'));
grant select, insert on caps to rewards_service;
grant update (ends_on) on caps to rewards_service;

-- 0004_caps.sql
create table cap_totals (
    clinic_id uuid not null,
    participant_id uuid not null,
    cap_id uuid not null,
    period text not null,
    amount bigint not null,
    constraint cap_totals_key primary key (clinic_id, participant_id, cap_id, period),
    constraint cap_totals_amount_not_negative check (amount >= 0)
) with (fillfactor=70, autovacuum_vacuum_scale_factor=0.05);
alter table cap_totals enable row level security, force row level security;
create policy cap_totals_own_clinic on cap_totals using (clinic_id = (select current_setting('app.clinic')::uuid));
create policy cap_totals_owner on cap_totals to rewards_owner using ((select session_user <> current_user or current_setting('app.across', true) = 'owner'));
grant select, insert on cap_totals to rewards_service;
grant update (amount) on cap_totals to rewards_service;

-- 0004_caps.sql
create table cap_warnings (
    clinic_id uuid not null,
    cap_id uuid not null,
    participant_id uuid not null,
    period text not null,
    percent smallint not null,
    warning_id uuid not null,
    reached_at timestamptz not null,
    constraint cap_warnings_key primary key (clinic_id, cap_id, participant_id, period, percent),
    constraint cap_warnings_in_order unique (clinic_id, cap_id, warning_id),
    constraint cap_warnings_percent_is_known check (percent in (80, 100))
);
alter table cap_warnings enable row level security, force row level security;
create index cap_warnings_by_time on cap_warnings (clinic_id, cap_id, reached_at);
create policy cap_warnings_own_clinic on cap_warnings using (clinic_id = (select current_setting('app.clinic')::uuid));
create policy cap_warnings_owner on cap_warnings to rewards_owner using ((select session_user <> current_user or current_setting('app.across', true) = 'owner'));
grant select, insert on cap_warnings to rewards_service;

-- 0004_caps.sql
create table tax_thresholds (
    clinic_id uuid not null,
    from_year smallint not null,
    tax_threshold_id uuid not null,
    unit text not null,
    amount bigint not null,
    created_at timestamptz not null,
    created_by uuid not null,
    constraint tax_thresholds_key primary key (clinic_id, from_year, tax_threshold_id),
    constraint tax_thresholds_clinic_exists foreign key (clinic_id) references clinics(clinic_id),
    constraint tax_thresholds_amount_not_negative check (amount >= 0),
    constraint tax_thresholds_are_in_money check (unit = 'usd')
);
alter table tax_thresholds enable row level security, force row level security;
create policy tax_thresholds_own_clinic on tax_thresholds using (clinic_id = (select current_setting('app.clinic')::uuid));
create policy tax_thresholds_owner on tax_thresholds to rewards_owner using ((select session_user <> current_user or current_setting('app.across', true) = 'owner'));
grant select, insert on tax_thresholds to rewards_service;

-- 0005_draws.sql
create table seeds (
    clinic_id uuid not null,
    seed_id uuid not null,
    seed bytea not null,
    commitment bytea not null,
    committed_at timestamptz not null,
    revealed_at timestamptz,
    constraint seeds_key primary key (clinic_id, seed_id),
    constraint seeds_clinic_exists foreign key (clinic_id) references clinics(clinic_id),
    constraint seeds_commitment_is_a_hash check (length(commitment) = 32),
    constraint seeds_revealed_after_commitment check (revealed_at >= committed_at)
);
alter table seeds enable row level security, force row level security;
create unique index seeds_one_unrevealed on seeds (clinic_id) where revealed_at is null;
create policy seeds_own_clinic on seeds using (clinic_id = (select current_setting('app.clinic')::uuid));
create policy seeds_owner on seeds to rewards_owner using ((select session_user <> current_user or current_setting('app.across', true) = 'owner'));
grant select, insert on seeds to rewards_service;
grant update (revealed_at) on seeds to rewards_service;

-- 0005_draws.sql
create table draws (
    clinic_id uuid not null,
    draw_id uuid not null,
    participant_id uuid not null,
    enrollment_id uuid not null,
    n integer not null,
    seed_id uuid not null,
    bowl text not null,
    document jsonb not null,
    slips integer[] not null,
    drawn_at timestamptz not null,
    drawn_by uuid not null,
    constraint draws_key primary key (clinic_id, draw_id),
    constraint draws_n_is_unique unique (clinic_id, enrollment_id, n),
    constraint draws_enrollment_exists foreign key (clinic_id, enrollment_id) references enrollments(clinic_id, enrollment_id),
    constraint draws_participant_exists foreign key (clinic_id, participant_id) references participants(clinic_id, participant_id),
    constraint draws_seed_exists foreign key (clinic_id, seed_id) references seeds(clinic_id, seed_id),
    constraint draws_has_slips check (cardinality(slips) >= 1 and cardinality(slips) <= 500),
    constraint draws_n_counts_from_one check (n >= 1)
);
alter table draws enable row level security, force row level security;
create index draws_by_participant on draws (clinic_id, participant_id, draw_id);
create index draws_by_seed on draws (clinic_id, seed_id, draw_id);
create policy draws_own_clinic on draws using (clinic_id = (select current_setting('app.clinic')::uuid));
create policy draws_owner on draws to rewards_owner using ((select session_user <> current_user or current_setting('app.across', true) = 'owner'));
grant select, insert on draws to rewards_service;

-- 0005_draws.sql, 0022_worth.sql, 0221_currencies.sql
create table prizes (
    clinic_id uuid not null,
    prize_id uuid not null,
    draw_id uuid not null,
    place integer not null,
    participant_id uuid not null,
    tier text not null,
    status text not null,
    unit text,
    amount bigint,
    clipped bigint,
    category text,
    won_at timestamptz not null,
    reward_id uuid,
    given_at timestamptz,
    given_by uuid,
    fair_value bigint,
    constraint prizes_key primary key (clinic_id, prize_id),
    constraint prizes_one_a_slip unique (clinic_id, draw_id, place),
    constraint prizes_draw_exists foreign key (clinic_id, draw_id) references draws(clinic_id, draw_id),
    constraint prizes_participant_exists foreign key (clinic_id, participant_id) references participants(clinic_id, participant_id),
    constraint prizes_reward_exists foreign key (clinic_id, reward_id) references rewards(clinic_id, reward_id),
    constraint prizes_amount_not_negative check (amount >= 0 and clipped >= 0),
    constraint prizes_credited_has_an_amount check ((status = 'credited') = (unit is not null) and (unit is null) = (amount is null) and (unit is null) = (clipped is null) and (unit is null) = (category is not null)),
    constraint prizes_fair_value_not_negative check (fair_value >= 0),
    constraint prizes_fair_value_of_given check (fair_value is null or status = 'given'),
    constraint prizes_given_is_a_reward check ((status = 'given') = (reward_id is not null) and (reward_id is null) = (given_at is null) and (reward_id is null) = (given_by is null)),
    constraint prizes_status_is_known check (status in ('credited', 'owed', 'given')),
    constraint prizes_unit_has_its_form check (unit ~ '^[a-z]{3}$' or unit = 'points')
);
alter table prizes enable row level security, force row level security;
create index prizes_by_participant on prizes (clinic_id, participant_id, prize_id);
create index prizes_by_status on prizes (clinic_id, status, prize_id);
create index prizes_given on prizes (clinic_id, given_at) where status = 'given';
create policy prizes_own_clinic on prizes using (clinic_id = (select current_setting('app.clinic')::uuid));
create policy prizes_owner on prizes to rewards_owner using ((select session_user <> current_user or current_setting('app.across', true) = 'owner'));
grant select, insert on prizes to rewards_service;
grant update (status, reward_id, given_at, given_by, fair_value) on prizes to rewards_service;

-- 0005_draws.sql
create table hats (
    clinic_id uuid not null,
    hat_id uuid not null,
    program text not null,
    version integer not null,
    target text not null,
    day date not null,
    bowl text not null,
    draws integer not null,
    seed_id uuid not null,
    drawn_at timestamptz not null,
    drawn_by uuid not null,
    constraint hats_key primary key (clinic_id, hat_id),
    constraint hats_one_a_session unique (clinic_id, program, target, day),
    constraint hats_program_exists foreign key (clinic_id, program, version) references programs(clinic_id, name, version),
    constraint hats_seed_exists foreign key (clinic_id, seed_id) references seeds(clinic_id, seed_id),
    constraint hats_draws_is_positive check (draws >= 1)
);
alter table hats enable row level security, force row level security;
create index hats_by_seed on hats (clinic_id, seed_id, hat_id);
create policy hats_own_clinic on hats using (clinic_id = (select current_setting('app.clinic')::uuid));
create policy hats_owner on hats to rewards_owner using ((select session_user <> current_user or current_setting('app.across', true) = 'owner'));
grant select, insert on hats to rewards_service;

-- 0005_draws.sql
create table hat_people (
    clinic_id uuid not null,
    hat_id uuid not null,
    enrollment_id uuid not null,
    participant_id uuid not null,
    tickets integer not null,
    place integer,
    slip integer,
    amount bigint,
    clipped bigint,
    constraint hat_people_key primary key (clinic_id, hat_id, enrollment_id),
    constraint hat_people_place_is_unique unique (clinic_id, hat_id, place),
    constraint hat_people_enrollment_exists foreign key (clinic_id, enrollment_id) references enrollments(clinic_id, enrollment_id),
    constraint hat_people_hat_exists foreign key (clinic_id, hat_id) references hats(clinic_id, hat_id),
    constraint hat_people_drawn_whole check ((place is null) = (slip is null) and (place is null) = (amount is null) and (place is null) = (clipped is null)),
    constraint hat_people_tickets_are_positive check (tickets >= 1)
);
alter table hat_people enable row level security, force row level security;
create policy hat_people_own_clinic on hat_people using (clinic_id = (select current_setting('app.clinic')::uuid));
create policy hat_people_owner on hat_people to rewards_owner using ((select session_user <> current_user or current_setting('app.across', true) = 'owner'));
grant select, insert on hat_people to rewards_service;

-- 0006_visits.sql, 0008_near_days.sql
create table closures (
    clinic_id uuid not null,
    closure_id uuid not null,
    first_day date not null,
    last_day date not null,
    reason bytea not null,
    created_at timestamptz not null,
    created_by uuid not null,
    constraint closures_key primary key (clinic_id, closure_id),
    constraint closures_clinic_exists foreign key (clinic_id) references clinics(clinic_id),
    constraint closures_last_day_follows_first check (last_day >= first_day)
);
alter table corrections add constraint corrections_closure_exists foreign key (clinic_id, closure_id) references closures(clinic_id, closure_id);
alter table closures add constraint closures_days_are_near check (first_day >= '1900-01-01'::date and last_day <= '2200-12-31'::date) not valid;
alter table closures enable row level security, force row level security;
create policy closures_own_clinic on closures using (clinic_id = (select current_setting('app.clinic')::uuid));
create policy closures_owner on closures to rewards_owner using ((select session_user <> current_user or current_setting('app.across', true) = 'owner'));
grant select, insert, delete on closures to rewards_service;

-- 0006_visits.sql
create table visit_checks (
    clinic_id uuid not null,
    enrollment_id uuid not null,
    through date,
    checked_at timestamptz not null,
    next_at timestamptz,
    constraint visit_checks_key primary key (clinic_id, enrollment_id),
    constraint visit_checks_enrollment_exists foreign key (clinic_id, enrollment_id) references enrollments(clinic_id, enrollment_id)
);
alter table visit_checks enable row level security, force row level security;
create index visit_checks_due on visit_checks (clinic_id, next_at) where next_at is not null;
create policy visit_checks_own_clinic on visit_checks using (clinic_id = (select current_setting('app.clinic')::uuid));
create policy visit_checks_owner on visit_checks to rewards_owner using ((select session_user <> current_user or current_setting('app.across', true) = 'owner'));
grant select, insert on visit_checks to rewards_service;
grant update (through, checked_at, next_at) on visit_checks to rewards_service;

-- 0007_second_persons.sql, 0026_persons.sql, 0221_currencies.sql
create table manual_awards (
    clinic_id uuid not null,
    manual_award_id uuid not null,
    participant_id uuid not null,
    unit text not null,
    amount bigint not null,
    reason bytea not null,
    funding text,
    enrollment_id uuid,
    status text not null default 'proposed',
    proposed_at timestamptz not null,
    proposed_by uuid not null,
    settled_at timestamptz,
    settled_by uuid,
    refusal bytea,
    paid bigint,
    clipped bigint,
    why bytea,
    by_ids boolean not null default false,
    constraint manual_awards_key primary key (clinic_id, manual_award_id),
    constraint manual_awards_enrollment_exists foreign key (clinic_id, enrollment_id) references enrollments(clinic_id, enrollment_id),
    constraint manual_awards_participant_exists foreign key (clinic_id, participant_id) references participants(clinic_id, participant_id),
    constraint manual_awards_amount_is_bounded check (amount >= 1 and amount <= 1000000),
    constraint manual_awards_draws_have_an_enrollment check (unit <> 'draw' or enrollment_id is not null),
    constraint manual_awards_only_refused_with_a_refusal check (refusal is null or status = 'refused'),
    constraint manual_awards_paid_or_clipped check (paid >= 0 and clipped >= 0 and (paid + clipped) = amount),
    constraint manual_awards_paid_when_approved check ((status = 'approved') = (paid is not null) and (paid is null) = (clipped is null) and (paid is null) = (why is null)),
    constraint manual_awards_settled_by_another_person check (settled_by <> proposed_by),
    constraint manual_awards_settled_by_somebody check ((status = 'proposed') = (settled_at is null) and (settled_at is null) = (settled_by is null)),
    constraint manual_awards_status_is_known check (status in ('proposed', 'approved', 'refused')),
    constraint manual_awards_unit_has_its_form check (unit ~ '^[a-z]{3}$' or (unit in ('points', 'draw')))
);
alter table manual_awards enable row level security, force row level security;
create index manual_awards_by_participant on manual_awards (clinic_id, participant_id, manual_award_id);
create index manual_awards_by_status on manual_awards (clinic_id, status, manual_award_id);
create policy manual_awards_own_clinic on manual_awards using (clinic_id = (select current_setting('app.clinic')::uuid));
create policy manual_awards_owner on manual_awards to rewards_owner using ((select session_user <> current_user or current_setting('app.across', true) = 'owner'));
grant select, insert on manual_awards to rewards_service;
grant update (status, settled_at, settled_by, refusal, paid, clipped, why) on manual_awards to rewards_service;

-- 0007_second_persons.sql, 0026_persons.sql
create table write_offs (
    clinic_id uuid not null,
    write_off_id uuid not null,
    reward_id uuid not null,
    pieces integer not null,
    reason bytea not null,
    status text not null default 'proposed',
    proposed_at timestamptz not null,
    proposed_by uuid not null,
    settled_at timestamptz,
    settled_by uuid,
    refusal bytea,
    by_ids boolean not null default false,
    constraint write_offs_key primary key (clinic_id, write_off_id),
    constraint write_offs_reward_exists foreign key (clinic_id, reward_id) references rewards(clinic_id, reward_id),
    constraint write_offs_only_refused_with_a_refusal check (refusal is null or status = 'refused'),
    constraint write_offs_pieces_are_bounded check (pieces >= 1 and pieces <= 1000000),
    constraint write_offs_settled_by_another_person check (settled_by <> proposed_by),
    constraint write_offs_settled_by_somebody check ((status = 'proposed') = (settled_at is null) and (settled_at is null) = (settled_by is null)),
    constraint write_offs_status_is_known check (status in ('proposed', 'approved', 'refused'))
);
alter table stock_changes add constraint stock_changes_write_off_exists foreign key (clinic_id, write_off_id) references write_offs(clinic_id, write_off_id);
alter table write_offs enable row level security, force row level security;
create index write_offs_by_status on write_offs (clinic_id, status, write_off_id);
create policy write_offs_own_clinic on write_offs using (clinic_id = (select current_setting('app.clinic')::uuid));
create policy write_offs_owner on write_offs to rewards_owner using ((select session_user <> current_user or current_setting('app.across', true) = 'owner'));
grant select, insert on write_offs to rewards_service;
grant update (status, settled_at, settled_by, refusal) on write_offs to rewards_service;

-- 0010_notices.sql, 0231_notices_as_fhir.sql
create table subscribers (
    clinic_id uuid not null,
    subscriber_id uuid not null,
    url bytea not null,
    types text[] not null,
    consent_required boolean not null default false,
    status text not null default 'active',
    disabled_why text,
    disabled_at timestamptz,
    secret bytea not null,
    old_secret bytea,
    old_secret_until timestamptz,
    revision integer not null default 1,
    created_at timestamptz not null,
    created_by uuid not null,
    deleted_at timestamptz,
    format text not null default 'plain',
    constraint subscribers_key primary key (clinic_id, subscriber_id),
    constraint subscribers_clinic_exists foreign key (clinic_id) references clinics(clinic_id),
    constraint subscribers_disabled_has_a_reason check ((status = 'disabled') = (disabled_why is not null) and (disabled_why is null) = (disabled_at is null)),
    constraint subscribers_disabled_why_is_known check (disabled_why in ('by_hand', 'gone')),
    constraint subscribers_format_is_known check (format in ('plain', 'fhir')),
    constraint subscribers_old_secret_has_an_end check ((old_secret is null) = (old_secret_until is null)),
    constraint subscribers_status_is_known check (status in ('active', 'disabled')),
    constraint subscribers_types_not_empty check (cardinality(types) > 0)
);
alter table subscribers enable row level security, force row level security;
create policy subscribers_own_clinic on subscribers using (clinic_id = (select current_setting('app.clinic')::uuid));
create policy subscribers_owner on subscribers to rewards_owner using ((select session_user <> current_user or current_setting('app.across', true) = 'owner'));
grant select, insert, update on subscribers to rewards_service;

-- 0010_notices.sql
create table subscriber_heads (
    clinic_id uuid not null,
    subscriber_id uuid not null,
    read_seq bigint not null,
    read_at timestamptz not null default '-infinity'::timestamptz,
    sequence bigint not null default 0,
    tried_sequence bigint not null default 0,
    leased_by uuid,
    leased_until timestamptz,
    circuit text not null default 'closed',
    silences integer not null default 0,
    pause_s double precision not null default 0,
    open_s double precision not null default 0,
    paused_until timestamptz,
    constraint subscriber_heads_key primary key (clinic_id, subscriber_id),
    constraint subscriber_heads_subscriber_exists foreign key (clinic_id, subscriber_id) references subscribers(clinic_id, subscriber_id),
    constraint subscriber_heads_circuit_is_known check (circuit in ('closed', 'open', 'probing')),
    constraint subscriber_heads_lease_is_whole check ((leased_by is null) = (leased_until is null)),
    constraint subscriber_heads_tried_what_was_numbered check (tried_sequence <= sequence)
) with (fillfactor=20, autovacuum_vacuum_scale_factor=0.01);
alter table subscriber_heads enable row level security, force row level security;
create policy subscriber_heads_own_clinic on subscriber_heads using (clinic_id = (select current_setting('app.clinic')::uuid));
create policy subscriber_heads_owner on subscriber_heads to rewards_owner using ((select session_user <> current_user or current_setting('app.across', true) = 'owner'));
grant select, insert, update on subscriber_heads to rewards_service;

-- 0010_notices.sql
create table notices (
    clinic_id uuid not null,
    seq bigint not null,
    at timestamptz not null,
    body bytea not null,
    constraint notices_key primary key (clinic_id, seq, at)
) partition by range (at);
alter table notices enable row level security, force row level security;
create policy notices_own_clinic on notices using (clinic_id = (select current_setting('app.clinic')::uuid));
create policy notices_owner on notices to rewards_owner using ((select session_user <> current_user or current_setting('app.across', true) = 'owner'));
grant select, insert on notices to rewards_service;

-- 0010_notices.sql, 0055_lists.sql
create table deliveries (
    clinic_id uuid not null,
    subscriber_id uuid not null,
    sequence bigint not null,
    created_at timestamptz not null,
    delivery_id uuid not null,
    type text not null,
    participant_id uuid,
    body bytea not null,
    status text not null default 'waiting',
    constraint deliveries_key primary key (clinic_id, subscriber_id, sequence, created_at),
    constraint deliveries_sequence_counts_from_one check (sequence >= 1),
    constraint deliveries_status_is_known check (status in ('waiting', 'failed', 'delivered', 'withheld', 'dead'))
) partition by range (created_at);
alter table deliveries enable row level security, force row level security;
create index deliveries_by_id on only deliveries (clinic_id, delivery_id);
create index deliveries_by_status on only deliveries (clinic_id, subscriber_id, status, sequence);
create index deliveries_by_type on only deliveries (clinic_id, subscriber_id, type, sequence);
create policy deliveries_own_clinic on deliveries using (clinic_id = (select current_setting('app.clinic')::uuid));
create policy deliveries_owner on deliveries to rewards_owner using ((select session_user <> current_user or current_setting('app.across', true) = 'owner'));
grant select, insert on deliveries to rewards_service;
grant update (status) on deliveries to rewards_service;

-- 0010_notices.sql
create table attempts (
    clinic_id uuid not null,
    subscriber_id uuid not null,
    sequence bigint not null,
    attempt_no integer not null,
    at timestamptz not null,
    outcome text not null,
    status integer,
    took_ms integer not null,
    answer bytea,
    why text,
    constraint attempts_key primary key (clinic_id, subscriber_id, sequence, at, attempt_no),
    constraint attempts_attempt_no_counts_from_one check (attempt_no >= 1),
    constraint attempts_outcome_is_known check (outcome in ('delivered', 'failed', 'gone', 'withheld', 'refused'))
) partition by range (at);
alter table attempts enable row level security, force row level security;
create policy attempts_own_clinic on attempts using (clinic_id = (select current_setting('app.clinic')::uuid));
create policy attempts_owner on attempts to rewards_owner using ((select session_user <> current_user or current_setting('app.across', true) = 'owner'));
grant select, insert on attempts to rewards_service;

-- 0010_notices.sql
create table retries (
    clinic_id uuid not null,
    subscriber_id uuid not null,
    sequence bigint not null,
    created_at timestamptz not null,
    attempts integer not null,
    born_at timestamptz not null,
    due_at timestamptz not null,
    constraint retries_key primary key (clinic_id, subscriber_id, sequence)
) with (fillfactor=50, autovacuum_vacuum_scale_factor=0.01);
alter table retries enable row level security, force row level security;
create index retries_by_due on retries (clinic_id, subscriber_id, due_at);
create policy retries_own_clinic on retries using (clinic_id = (select current_setting('app.clinic')::uuid));
create policy retries_owner on retries to rewards_owner using ((select session_user <> current_user or current_setting('app.across', true) = 'owner'));
grant select, insert, update, delete on retries to rewards_service;

-- 0010_notices.sql, 0036_consents.sql
create table consents (
    clinic_id uuid not null,
    consent_id uuid not null,
    participant_id uuid not null,
    subscriber_id uuid,
    purpose bytea not null,
    expires_on date,
    given_at timestamptz not null,
    recorded_by uuid not null,
    revoked_at timestamptz,
    revoked_by uuid,
    kind text,
    information bytea,
    recipient bytea,
    recipient_is_class boolean not null default false,
    ends_when bytea,
    how_to_revoke bytea,
    signed_how text,
    signed_name bytea,
    signed_on date,
    signature bytea,
    signature_media text,
    constraint consents_key primary key (clinic_id, consent_id),
    constraint consents_participant_exists foreign key (clinic_id, participant_id) references participants(clinic_id, participant_id),
    constraint consents_subscriber_exists foreign key (clinic_id, subscriber_id) references subscribers(clinic_id, subscriber_id),
    constraint consents_are_to_somebody check (subscriber_id is not null or recipient is not null),
    constraint consents_class_is_named check (not recipient_is_class or recipient is not null),
    constraint consents_drawn_is_kept check ((coalesce(signed_how, '') = 'drawn') = (signature is not null) and (signature is null) = (signature_media is null)),
    constraint consents_kind_is_known check (kind in ('specific', 'tpo')),
    constraint consents_revoked_by_somebody check ((revoked_at is null) = (revoked_by is null)),
    constraint consents_signed_as_known check (signed_how in ('typed', 'drawn', 'paper')),
    constraint consents_signed_by_somebody check ((signed_how is null) = (signed_name is null)),
    constraint consents_specific_ends check (kind is distinct from 'specific' or expires_on is not null or ends_when is not null),
    constraint consents_whole_or_short check ((kind is null) = (information is null) and (kind is null) = (signed_how is null) and (kind is null) = (signed_on is null))
);
alter table consents enable row level security, force row level security;
create index consents_by_participant on consents (clinic_id, participant_id, consent_id);
create index consents_ending on consents (clinic_id, expires_on) where revoked_at is null and expires_on is not null;
create index consents_in_force on consents (clinic_id, subscriber_id, participant_id) where revoked_at is null;
create policy consents_own_clinic on consents using (clinic_id = (select current_setting('app.clinic')::uuid));
create policy consents_owner on consents to rewards_owner using ((select session_user <> current_user or current_setting('app.across', true) = 'owner'));
grant select, insert, update on consents to rewards_service;

-- 0010_notices.sql
create table disclosures (
    clinic_id uuid not null,
    participant_id uuid not null,
    disclosure_id uuid not null,
    subscriber_id uuid not null,
    delivery_id uuid not null,
    type text not null,
    consent_id uuid,
    at timestamptz not null,
    constraint disclosures_key primary key (clinic_id, participant_id, disclosure_id)
);
alter table disclosures enable row level security, force row level security;
create policy disclosures_own_clinic on disclosures using (clinic_id = (select current_setting('app.clinic')::uuid));
create policy disclosures_owner on disclosures to rewards_owner using ((select session_user <> current_user or current_setting('app.across', true) = 'owner'));
grant select, insert on disclosures to rewards_service;

-- 0010_notices.sql
create table notices_beyond partition of notices default;
alter table notices_beyond enable row level security, force row level security;
create policy notices_beyond_owner on notices_beyond to rewards_owner using ((select session_user <> current_user or current_setting('app.across', true) = 'owner'));

-- 0010_notices.sql
create table deliveries_beyond partition of deliveries default;
alter table deliveries_beyond enable row level security, force row level security;
create policy deliveries_beyond_owner on deliveries_beyond to rewards_owner using ((select session_user <> current_user or current_setting('app.across', true) = 'owner'));

-- 0010_notices.sql
create table attempts_beyond partition of attempts default;
alter table attempts_beyond enable row level security, force row level security;
create policy attempts_beyond_owner on attempts_beyond to rewards_owner using ((select session_user <> current_user or current_setting('app.across', true) = 'owner'));

-- 0011_inbound.sql
create table sources (
    clinic_id uuid not null,
    source_id uuid not null,
    name text,
    verifier bytea not null,
    mapping bytea,
    secret bytea not null,
    old_secret bytea,
    old_secret_until timestamptz,
    revision integer not null default 1,
    created_at timestamptz not null,
    created_by uuid not null,
    deleted_at timestamptz,
    constraint sources_key primary key (clinic_id, source_id),
    constraint sources_clinic_exists foreign key (clinic_id) references clinics(clinic_id),
    constraint sources_old_secret_has_an_end check ((old_secret is null) = (old_secret_until is null))
);
alter table sources enable row level security, force row level security;
create policy sources_own_clinic on sources using (clinic_id = (select current_setting('app.clinic')::uuid));
create policy sources_owner on sources to rewards_owner using ((select session_user <> current_user or current_setting('app.across', true) = 'owner'));
grant select, insert on sources to rewards_service;
grant update (name, mapping, secret, old_secret, old_secret_until, revision, deleted_at) on sources to rewards_service;

-- 0011_inbound.sql, 0142_planned_visits.sql
create table inbound_messages (
    clinic_id uuid not null,
    message_id uuid not null,
    source_id uuid not null,
    key bytea not null,
    sender_id bytea,
    body bytea not null,
    body_index bytea not null,
    received_at timestamptz not null,
    status text not null default 'kept',
    leased_until timestamptz,
    tries integer not null default 0,
    code text,
    why bytea,
    event_id uuid,
    participant_id uuid,
    settled_at timestamptz,
    discarded_by uuid,
    reason bytea,
    constraint inbound_messages_key primary key (clinic_id, message_id),
    constraint inbound_messages_taken_once unique (clinic_id, source_id, key),
    constraint inbound_messages_source_exists foreign key (clinic_id, source_id) references sources(clinic_id, source_id),
    constraint inbound_messages_discarded_by_somebody check ((status = 'discarded') = (discarded_by is not null) and (discarded_by is null) = (reason is null)),
    constraint inbound_messages_kept_has_a_lease check ((status = 'kept') = (leased_until is not null)),
    constraint inbound_messages_kept_is_not_settled check ((status = 'kept') = (settled_at is null)),
    constraint inbound_messages_recorded_is_about_somebody check ((status = 'recorded') = (participant_id is not null) and (event_id is null or status = 'recorded')),
    constraint inbound_messages_review_says_why check (status <> 'review' or code is not null),
    constraint inbound_messages_status_is_known check (status in ('kept', 'recorded', 'ignored', 'review', 'discarded')),
    constraint inbound_messages_why_has_a_code check ((code is null) = (why is null))
);
alter table inbound_messages enable row level security, force row level security;
create index inbound_messages_by_event on inbound_messages (clinic_id, event_id) where event_id is not null;
create index inbound_messages_by_source on inbound_messages (clinic_id, source_id, message_id);
create index inbound_messages_by_source_and_status on inbound_messages (clinic_id, source_id, status, message_id);
create index inbound_messages_by_status on inbound_messages (clinic_id, status, message_id);
create index inbound_messages_to_do on inbound_messages (clinic_id, leased_until) where status = 'kept';
create policy inbound_messages_own_clinic on inbound_messages using (clinic_id = (select current_setting('app.clinic')::uuid));
create policy inbound_messages_owner on inbound_messages to rewards_owner using ((select session_user <> current_user or current_setting('app.across', true) = 'owner'));
grant select, insert on inbound_messages to rewards_service;
grant update (status, leased_until, tries, code, why, event_id, participant_id, settled_at, discarded_by, reason) on inbound_messages to rewards_service;

-- 0012_sessions.sql, 0013_sign_in.sql, 0026_persons.sql, 0072_marks.sql, 0110_shortcuts.sql, 0180_managers_are_asked.sql
create table staff (
    clinic_id uuid not null,
    staff_id uuid not null,
    role text not null,
    language text not null default 'en',
    email bytea not null,
    email_index bytea not null,
    name bytea,
    password_hash text,
    password_changed_at timestamptz,
    failures integer not null default 0,
    rests_until timestamptz,
    revision integer not null default 1,
    created_at timestamptz not null,
    created_by uuid not null,
    disabled_at timestamptz,
    password_is_temporary boolean not null default false,
    totp_secret bytea,
    totp_since timestamptz,
    totp_step bigint not null default 0,
    subject_index bytea,
    mailbox_index bytea,
    known_to uuid,
    password_mark text,
    has_shortcuts boolean not null default true,
    role_changed_at timestamptz,
    constraint staff_key primary key (clinic_id, staff_id),
    constraint staff_email_is_unique unique (clinic_id, email_index),
    constraint staff_subject_is_unique unique (clinic_id, subject_index),
    constraint staff_clinic_exists foreign key (clinic_id) references clinics(clinic_id),
    constraint staff_failures_count_up check (failures >= 0),
    constraint staff_language_is_known check (language in ('en', 'es')),
    constraint staff_role_is_known check (role in ('front_desk', 'clinician', 'manager', 'auditor')),
    constraint staff_second_factor_is_whole check ((totp_secret is null) = (totp_since is null)),
    constraint staff_second_factor_steps_are_positive check (totp_step >= 0)
);
alter table keys add constraint keys_responsible_exists foreign key (clinic_id, responsible) references staff(clinic_id, staff_id);
alter table staff enable row level security, force row level security;
create policy staff_own_clinic on staff using (clinic_id = (select current_setting('app.clinic')::uuid));
create policy staff_owner on staff to rewards_owner using ((select session_user <> current_user or current_setting('app.across', true) = 'owner'));
grant select, insert on staff to rewards_service;
grant update (role, language, email, email_index, name, password_hash, password_changed_at, failures, rests_until, revision, disabled_at, password_is_temporary, totp_secret, totp_since, totp_step, subject_index, mailbox_index, known_to, password_mark, has_shortcuts, role_changed_at) on staff to rewards_service;

-- 0012_sessions.sql, 0026_persons.sql, 0043_session_marks.sql, 0047_let_in_by.sql
create table sessions (
    clinic_id uuid not null,
    session_id uuid not null,
    kind text not null,
    token_hash bytea not null,
    staff_id uuid,
    participant_id uuid,
    created_at timestamptz not null,
    seen_at timestamptz not null,
    ends_at timestamptz not null,
    revoked_at timestamptz,
    agent bytea,
    proved_at timestamptz,
    mark bytea,
    proof bytea,
    let_in_by uuid,
    constraint sessions_key primary key (clinic_id, session_id),
    constraint sessions_token_is_unique unique (clinic_id, token_hash),
    constraint sessions_participant_exists foreign key (clinic_id, participant_id) references participants(clinic_id, participant_id),
    constraint sessions_staff_exists foreign key (clinic_id, staff_id) references staff(clinic_id, staff_id),
    constraint sessions_are_of_one_person check ((kind in ('staff', 'api')) = (staff_id is not null) and (kind in ('portal', 'kiosk')) = (participant_id is not null)),
    constraint sessions_end_after_they_begin check (ends_at > created_at),
    constraint sessions_kind_is_known check (kind in ('staff', 'api', 'portal', 'kiosk', 'tablet')),
    constraint sessions_token_is_hashed check (length(token_hash) = 32)
);
alter table sessions enable row level security, force row level security;
create index sessions_by_end on sessions (clinic_id, ends_at);
create index sessions_of_participants on sessions (clinic_id, participant_id) where participant_id is not null;
create index sessions_of_staff on sessions (clinic_id, staff_id) where staff_id is not null;
create policy sessions_own_clinic on sessions using (clinic_id = (select current_setting('app.clinic')::uuid));
create policy sessions_owner on sessions to rewards_owner using ((select session_user <> current_user or current_setting('app.across', true) = 'owner'));
grant select, insert on sessions to rewards_service;
grant update (seen_at, revoked_at, agent, proved_at, proof) on sessions to rewards_service;

-- 0013_sign_in.sql
create table rescue_codes (
    clinic_id uuid not null,
    staff_id uuid not null,
    code_index bytea not null,
    made_at timestamptz not null,
    used_at timestamptz,
    constraint rescue_codes_key primary key (clinic_id, staff_id, code_index),
    constraint rescue_codes_staff_exists foreign key (clinic_id, staff_id) references staff(clinic_id, staff_id)
);
alter table rescue_codes enable row level security, force row level security;
create policy rescue_codes_own_clinic on rescue_codes using (clinic_id = (select current_setting('app.clinic')::uuid));
create policy rescue_codes_owner on rescue_codes to rewards_owner using ((select session_user <> current_user or current_setting('app.across', true) = 'owner'));
grant select, insert on rescue_codes to rewards_service;
grant update (used_at) on rescue_codes to rewards_service;

-- 0014_codes.sql, 0072_marks.sql
create table sign_in_codes (
    clinic_id uuid not null,
    code_id uuid not null,
    participant_id uuid not null,
    kind text not null,
    code_index bytea not null,
    created_at timestamptz not null,
    created_by uuid not null,
    ends_at timestamptz not null,
    used_at timestamptz,
    retired_at timestamptz,
    mark text,
    constraint sign_in_codes_key primary key (clinic_id, code_id),
    constraint sign_in_codes_are_unique unique (clinic_id, code_index),
    constraint sign_in_codes_participant_exists foreign key (clinic_id, participant_id) references participants(clinic_id, participant_id),
    constraint sign_in_codes_are_hashed check (length(code_index) = 32),
    constraint sign_in_codes_end_after_they_begin check (ends_at > created_at),
    constraint sign_in_codes_kind_is_known check (kind in ('printed', 'sent'))
);
alter table sign_in_codes enable row level security, force row level security;
create index sign_in_codes_by_end on sign_in_codes (clinic_id, ends_at);
create index sign_in_codes_in_force on sign_in_codes (clinic_id, participant_id) where used_at is null and retired_at is null;
create policy sign_in_codes_own_clinic on sign_in_codes using (clinic_id = (select current_setting('app.clinic')::uuid));
create policy sign_in_codes_owner on sign_in_codes to rewards_owner using ((select session_user <> current_user or current_setting('app.across', true) = 'owner'));
grant select, insert, delete on sign_in_codes to rewards_service;
grant update (used_at, retired_at) on sign_in_codes to rewards_service;

-- 0014_codes.sql
create table sign_in_tries (
    clinic_id uuid not null,
    place bytea not null,
    window_at timestamptz not null,
    tries integer not null,
    constraint sign_in_tries_key primary key (clinic_id, place, window_at)
);
alter table sign_in_tries enable row level security, force row level security;
create index sign_in_tries_by_window on sign_in_tries (clinic_id, window_at);
create policy sign_in_tries_own_clinic on sign_in_tries using (clinic_id = (select current_setting('app.clinic')::uuid));
create policy sign_in_tries_owner on sign_in_tries to rewards_owner using ((select session_user <> current_user or current_setting('app.across', true) = 'owner'));
grant select, insert, delete on sign_in_tries to rewards_service;
grant update (tries) on sign_in_tries to rewards_service;

-- 0014_codes.sql, 0047_let_in_by.sql, 0072_marks.sql
create table pins (
    clinic_id uuid not null,
    participant_id uuid not null,
    pin_hash text not null,
    failures integer not null default 0,
    rests_until timestamptz,
    set_at timestamptz not null,
    let_in_by uuid,
    mark text,
    constraint pins_key primary key (clinic_id, participant_id),
    constraint pins_participant_exists foreign key (clinic_id, participant_id) references participants(clinic_id, participant_id),
    constraint pins_failures_count_up check (failures >= 0)
);
alter table pins enable row level security, force row level security;
create policy pins_own_clinic on pins using (clinic_id = (select current_setting('app.clinic')::uuid));
create policy pins_owner on pins to rewards_owner using ((select session_user <> current_user or current_setting('app.across', true) = 'owner'));
grant select, insert, delete on pins to rewards_service;
grant update (pin_hash, failures, rests_until, set_at, let_in_by, mark) on pins to rewards_service;

-- 0014_codes.sql, 0047_let_in_by.sql, 0072_marks.sql
create table passkeys (
    clinic_id uuid not null,
    passkey_id uuid not null,
    participant_id uuid not null,
    credential_id bytea not null,
    public_key bytea not null,
    sign_count bigint not null,
    created_at timestamptz not null,
    used_at timestamptz,
    let_in_by uuid,
    mark text,
    constraint passkeys_key primary key (clinic_id, passkey_id),
    constraint passkeys_credential_is_unique unique (clinic_id, credential_id),
    constraint passkeys_participant_exists foreign key (clinic_id, participant_id) references participants(clinic_id, participant_id)
);
alter table passkeys enable row level security, force row level security;
create index passkeys_of_participants on passkeys (clinic_id, participant_id);
create policy passkeys_own_clinic on passkeys using (clinic_id = (select current_setting('app.clinic')::uuid));
create policy passkeys_owner on passkeys to rewards_owner using ((select session_user <> current_user or current_setting('app.across', true) = 'owner'));
grant select, insert, delete on passkeys to rewards_service;
grant update (sign_count, used_at) on passkeys to rewards_service;

-- 0014_codes.sql
create table messages_out (
    clinic_id uuid not null,
    message_id uuid not null,
    channel text not null,
    body bytea not null,
    created_at timestamptz not null,
    next_at timestamptz not null,
    ends_at timestamptz not null,
    tries integer not null default 0,
    constraint messages_out_key primary key (clinic_id, message_id),
    constraint messages_out_clinic_exists foreign key (clinic_id) references clinics(clinic_id),
    constraint messages_out_channel_is_known check (channel in ('text', 'email'))
);
alter table messages_out enable row level security, force row level security;
create index messages_out_due on messages_out (clinic_id, next_at);
create policy messages_out_own_clinic on messages_out using (clinic_id = (select current_setting('app.clinic')::uuid));
create policy messages_out_owner on messages_out to rewards_owner using ((select session_user <> current_user or current_setting('app.across', true) = 'owner'));
grant select, insert, delete on messages_out to rewards_service;
grant update (next_at, tries) on messages_out to rewards_service;

-- 0015_imports.sql, 0020_imports.sql, 0021_import_columns.sql
create table imports (
    clinic_id uuid not null,
    import_id uuid not null,
    created_at timestamptz not null,
    created_by uuid not null,
    role text not null,
    is_csv boolean not null,
    enrolls boolean not null,
    lines integer not null,
    body bytea not null,
    found bytea not null,
    refused_lines bytea,
    status text not null,
    lines_done integer not null default 0,
    recorded integer not null default 0,
    known integer not null default 0,
    refused integer not null default 0,
    begun_at timestamptz,
    ended_at timestamptz,
    leased_until timestamptz,
    by_hand boolean not null default false,
    corrections text not null default 'offer',
    language text not null default 'en',
    staged_at timestamptz,
    done_person bytea,
    counts bytea,
    preview bytea,
    mapping bytea,
    header bytea,
    constraint imports_key primary key (clinic_id, import_id),
    constraint imports_clinic_exists foreign key (clinic_id) references clinics(clinic_id),
    constraint imports_corrections_are_known check (corrections in ('offer', 'apply')),
    constraint imports_count_up check (lines >= 0 and lines_done >= 0 and (recorded + known + refused) >= 0),
    constraint imports_status_is_known check (status in ('checked', 'previewing', 'previewed', 'running', 'ended', 'stopped', 'unreadable'))
);
alter table imports enable row level security, force row level security;
create index imports_by_header on imports (clinic_id, header, import_id) where header is not null and begun_at is not null;
create index imports_running on imports (clinic_id, import_id) where status in ('previewing', 'running');
create policy imports_own_clinic on imports using (clinic_id = (select current_setting('app.clinic')::uuid));
create policy imports_owner on imports to rewards_owner using ((select session_user <> current_user or current_setting('app.across', true) = 'owner'));
grant select, insert on imports to rewards_service;
grant update (enrolls, lines, body, found, refused_lines, status, lines_done, recorded, known, refused, begun_at, ended_at, leased_until, corrections, language, staged_at, done_person, counts, preview, mapping) on imports to rewards_service;

-- 0017_people.sql
create table identifiers (
    clinic_id uuid not null,
    identifier_id uuid not null,
    participant_id uuid not null,
    system text not null,
    value text not null,
    key text not null,
    near text not null,
    starts_on date,
    ends_on date,
    created_at timestamptz not null,
    created_by uuid,
    withdrawn_at timestamptz,
    twin integer,
    constraint identifiers_key primary key (clinic_id, identifier_id),
    constraint identifiers_participant_exists foreign key (clinic_id, participant_id) references participants(clinic_id, participant_id),
    constraint identifiers_end_after_start check (ends_on >= starts_on),
    constraint identifiers_system_has_no_bar check (position(('|') in (system)) = 0),
    constraint identifiers_system_is_short check (length(system) >= 1 and length(system) <= 200)
);
alter table identifiers enable row level security, force row level security;
create unique index identifiers_are_unique on identifiers (clinic_id, key, coalesce(twin, 0)) where withdrawn_at is null;
create index identifiers_by_near on identifiers (clinic_id, near) where withdrawn_at is null;
create index identifiers_of_participants on identifiers (clinic_id, participant_id);
create unique index identifiers_one_reference on identifiers (clinic_id, participant_id) where system = 'reference' and ends_on is null and withdrawn_at is null;
create policy identifiers_own_clinic on identifiers using (clinic_id = (select current_setting('app.clinic')::uuid));
create policy identifiers_owner on identifiers to rewards_owner using ((select session_user <> current_user or current_setting('app.across', true) = 'owner'));
grant select, insert on identifiers to rewards_service;
grant update (value, near, starts_on, ends_on, withdrawn_at) on identifiers to rewards_service;

-- 0018_merges.sql, 0023_merge_reasons.sql
create table merges (
    clinic_id uuid not null,
    merge_id uuid not null,
    survivor_id uuid not null,
    ended_id uuid not null,
    merged_at timestamptz not null,
    merged_by uuid not null,
    closed uuid[] not null,
    reason bytea,
    constraint merges_key primary key (clinic_id, merge_id),
    constraint merges_by_somebody unique (clinic_id, merge_id, merged_by),
    constraint merges_ended_exists foreign key (clinic_id, ended_id) references participants(clinic_id, participant_id),
    constraint merges_survivor_exists foreign key (clinic_id, survivor_id) references participants(clinic_id, participant_id),
    constraint merges_are_of_two_charts check (survivor_id <> ended_id)
);
alter table corrections add constraint corrections_merge_exists foreign key (clinic_id, merge_id) references merges(clinic_id, merge_id);
alter table merges enable row level security, force row level security;
create index merges_by_ended on merges (clinic_id, ended_id, merge_id);
create index merges_by_survivor on merges (clinic_id, survivor_id, merge_id);
create policy merges_own_clinic on merges using (clinic_id = (select current_setting('app.clinic')::uuid));
create policy merges_owner on merges to rewards_owner using ((select session_user <> current_user or current_setting('app.across', true) = 'owner'));
grant select, insert on merges to rewards_service;

-- 0018_merges.sql, 0023_merge_reasons.sql, 0026_persons.sql
create table unmerges (
    clinic_id uuid not null,
    merge_id uuid not null,
    merged_by uuid not null,
    undone_at timestamptz not null,
    undone_by uuid not null,
    reason bytea,
    by_ids boolean not null default false,
    constraint unmerges_key primary key (clinic_id, merge_id),
    constraint unmerges_merge_exists foreign key (clinic_id, merge_id, merged_by) references merges(clinic_id, merge_id, merged_by),
    constraint unmerges_by_another_person check (undone_by <> merged_by)
);
alter table unmerges enable row level security, force row level security;
create policy unmerges_own_clinic on unmerges using (clinic_id = (select current_setting('app.clinic')::uuid));
create policy unmerges_owner on unmerges to rewards_owner using ((select session_user <> current_user or current_setting('app.across', true) = 'owner'));
grant select, insert on unmerges to rewards_service;

-- 0019_lost_cards_and_openings.sql, 0221_currencies.sql
create table second_person_limits (
    clinic_id uuid not null,
    second_person_limit_id uuid not null,
    unit text not null,
    amount bigint not null,
    set_at timestamptz not null,
    set_by uuid not null,
    constraint second_person_limits_key primary key (clinic_id, unit, second_person_limit_id),
    constraint second_person_limits_clinic_exists foreign key (clinic_id) references clinics(clinic_id),
    constraint second_person_limits_amount_not_negative check (amount >= 0),
    constraint second_person_limits_unit_has_its_form check (unit ~ '^[a-z]{3}$' or (unit in ('points', 'draw')))
);
alter table second_person_limits enable row level security, force row level security;
create policy second_person_limits_own_clinic on second_person_limits using (clinic_id = (select current_setting('app.clinic')::uuid));
create policy second_person_limits_owner on second_person_limits to rewards_owner using ((select session_user <> current_user or current_setting('app.across', true) = 'owner'));
grant select, insert on second_person_limits to rewards_service;

-- 0019_lost_cards_and_openings.sql, 0026_persons.sql, 0182_lost_prizes.sql, 0221_currencies.sql
create table redemption_changes (
    clinic_id uuid not null,
    redemption_change_id uuid not null,
    redemption_id uuid,
    kind text not null,
    reason bytea not null,
    quantity integer not null,
    code_ids uuid[] not null,
    restocked boolean not null,
    unit text not null,
    amount bigint not null,
    counted bigint not null,
    alone_max bigint not null,
    alone boolean not null,
    given_at timestamptz not null,
    given_by uuid not null,
    status text not null default 'proposed',
    proposed_at timestamptz not null,
    proposed_by uuid not null,
    settled_at timestamptz,
    settled_by uuid,
    refusal bytea,
    by_ids boolean not null default false,
    prize_id uuid,
    reward_id uuid,
    constraint redemption_changes_key primary key (clinic_id, redemption_change_id),
    constraint redemption_changes_prize_exists foreign key (clinic_id, prize_id) references prizes(clinic_id, prize_id),
    constraint redemption_changes_redemption_exists foreign key (clinic_id, redemption_id) references redemptions(clinic_id, redemption_id),
    constraint redemption_changes_reward_exists foreign key (clinic_id, reward_id) references rewards(clinic_id, reward_id),
    constraint redemption_changes_alone_at_once check (not alone or status = 'approved'),
    constraint redemption_changes_alone_up_to_the_limit check (not alone or counted <= alone_max),
    constraint redemption_changes_amount_is_positive check (amount > 0 or prize_id is not null and amount = 0),
    constraint redemption_changes_count_themselves check (counted >= amount),
    constraint redemption_changes_each_code_is_a_piece check (cardinality(code_ids) = 0 or cardinality(code_ids) = quantity),
    constraint redemption_changes_kind_is_known check (kind in ('replacement', 'take_back')),
    constraint redemption_changes_of_one_thing check (num_nonnulls(redemption_id, prize_id) = 1 and (prize_id is null) = (reward_id is null)),
    constraint redemption_changes_only_refused_with_a_refusal check (refusal is null or status = 'refused'),
    constraint redemption_changes_only_restock_what_comes_back check (not restocked or kind = 'take_back'),
    constraint redemption_changes_prize_is_one_piece check (prize_id is null or quantity = 1 and unit ~ '^[a-z]{3}$'),
    constraint redemption_changes_quantity_is_positive check (quantity > 0),
    constraint redemption_changes_restock_no_codes check (not restocked or cardinality(code_ids) = 0),
    constraint redemption_changes_settled_by_another_person check ((settled_by = proposed_by) = alone),
    constraint redemption_changes_settled_by_somebody check ((status = 'proposed') = (settled_at is null) and (settled_at is null) = (settled_by is null)),
    constraint redemption_changes_status_is_known check (status in ('proposed', 'approved', 'refused')),
    constraint redemption_changes_unit_has_its_form check (unit ~ '^[a-z]{3}$' or (unit in ('points', 'draw')))
);
alter table stock_changes add constraint stock_changes_redemption_change_exists foreign key (clinic_id, redemption_change_id) references redemption_changes(clinic_id, redemption_change_id);
alter table redemption_changes enable row level security, force row level security;
create index redemption_changes_by_prize on redemption_changes (clinic_id, prize_id, redemption_change_id) where prize_id is not null;
create index redemption_changes_by_redemption on redemption_changes (clinic_id, redemption_id, redemption_change_id);
create index redemption_changes_by_status on redemption_changes (clinic_id, status, redemption_change_id);
create unique index redemption_changes_one_waits on redemption_changes (clinic_id, redemption_id) where status = 'proposed';
create unique index redemption_changes_one_waits_of_prize on redemption_changes (clinic_id, prize_id) where status = 'proposed' and prize_id is not null;
create unique index redemption_changes_taken_back_once on redemption_changes (clinic_id, redemption_id) where kind = 'take_back' and status = 'approved';
create policy redemption_changes_own_clinic on redemption_changes using (clinic_id = (select current_setting('app.clinic')::uuid));
create policy redemption_changes_owner on redemption_changes to rewards_owner using ((select session_user <> current_user or current_setting('app.across', true) = 'owner'));
grant select, insert on redemption_changes to rewards_service;
grant update (status, settled_at, settled_by, refusal) on redemption_changes to rewards_service;

-- 0019_lost_cards_and_openings.sql
create table void_codes (
    clinic_id uuid not null,
    reward_id uuid not null,
    code_id uuid not null,
    redemption_change_id uuid not null,
    voided_at timestamptz not null,
    constraint void_codes_key primary key (clinic_id, reward_id, code_id),
    constraint void_codes_change_exists foreign key (clinic_id, redemption_change_id) references redemption_changes(clinic_id, redemption_change_id),
    constraint void_codes_code_exists foreign key (clinic_id, reward_id, code_id) references reward_codes(clinic_id, reward_id, code_id)
);
alter table void_codes enable row level security, force row level security;
create index void_codes_by_change on void_codes (clinic_id, redemption_change_id);
create policy void_codes_own_clinic on void_codes using (clinic_id = (select current_setting('app.clinic')::uuid));
create policy void_codes_owner on void_codes to rewards_owner using ((select session_user <> current_user or current_setting('app.across', true) = 'owner'));
grant select, insert on void_codes to rewards_service;

-- 0019_lost_cards_and_openings.sql, 0026_persons.sql, 0221_currencies.sql
create table openings (
    clinic_id uuid not null,
    opening_id uuid not null,
    participant_id uuid not null,
    unit text not null,
    available bigint not null,
    paid_before bigint not null,
    paid_in_year bigint not null,
    as_of date not null,
    reason bytea not null,
    funding text,
    enrollment_id uuid,
    status text not null default 'proposed',
    proposed_at timestamptz not null,
    proposed_by uuid not null,
    settled_at timestamptz,
    settled_by uuid,
    refusal bytea,
    withdrawn_at timestamptz,
    withdrawn_by uuid,
    withdrawal bytea,
    unrecovered bigint,
    by_ids boolean not null default false,
    constraint openings_key primary key (clinic_id, opening_id),
    constraint openings_enrollment_exists foreign key (clinic_id, enrollment_id) references enrollments(clinic_id, enrollment_id),
    constraint openings_participant_exists foreign key (clinic_id, participant_id) references participants(clinic_id, participant_id),
    constraint openings_amounts_are_bounded check (available >= 0 and available <= 10000000 and paid_before >= 0 and paid_before <= 10000000),
    constraint openings_bring_something check (available > 0 or paid_before > 0),
    constraint openings_day_is_near check (as_of >= '1900-01-01'::date and as_of <= '2200-12-31'::date),
    constraint openings_draws_have_an_enrollment check (unit <> 'draw' or enrollment_id is not null and paid_before = 0),
    constraint openings_only_refused_with_a_refusal check (refusal is null or status = 'refused'),
    constraint openings_part_of_a_year check (paid_in_year >= 0 and paid_in_year <= paid_before),
    constraint openings_settled_by_another_person check (settled_by <> proposed_by),
    constraint openings_settled_by_somebody check ((status = 'proposed') = (settled_at is null) and (settled_at is null) = (settled_by is null)),
    constraint openings_status_is_known check (status in ('proposed', 'approved', 'refused', 'withdrawn')),
    constraint openings_unit_has_its_form check (unit ~ '^[a-z]{3}$' or (unit in ('points', 'draw'))),
    constraint openings_unrecovered_is_a_part check (unrecovered >= 0 and unrecovered <= available),
    constraint openings_withdrawn_by_another_person check (withdrawn_by <> proposed_by),
    constraint openings_withdrawn_by_somebody check ((status = 'withdrawn') = (withdrawn_at is not null) and (withdrawn_at is null) = (withdrawn_by is null) and (withdrawn_at is null) = (withdrawal is null) and (withdrawn_at is null) = (unrecovered is null))
);
alter table openings enable row level security, force row level security;
create index openings_by_participant on openings (clinic_id, participant_id, opening_id);
create index openings_by_status on openings (clinic_id, status, opening_id);
create unique index openings_one_stands on openings (clinic_id, participant_id, unit) where status in ('proposed', 'approved');
create policy openings_own_clinic on openings using (clinic_id = (select current_setting('app.clinic')::uuid));
create policy openings_owner on openings to rewards_owner using ((select session_user <> current_user or current_setting('app.across', true) = 'owner'));
grant select, insert on openings to rewards_service;
grant update (status, settled_at, settled_by, refusal, withdrawn_at, withdrawn_by, withdrawal, unrecovered) on openings to rewards_service;

-- 0020_imports.sql
create table import_lines (
    clinic_id uuid not null,
    import_id uuid not null,
    line_no integer not null,
    person bytea,
    occurred_at timestamptz,
    said bytea not null,
    result bytea,
    state text not null,
    constraint import_lines_key primary key (clinic_id, import_id, line_no),
    constraint import_lines_import_exists foreign key (clinic_id, import_id) references imports(clinic_id, import_id),
    constraint import_lines_have_person_and_time check ((person is null) = (occurred_at is null)),
    constraint import_lines_state_is_known check (state in ('waiting', 'recorded', 'known', 'corrected', 'refused')),
    constraint import_lines_unread_are_refused check (person is not null or state = 'refused')
);
alter table import_lines enable row level security, force row level security;
create index import_lines_by_person on import_lines (clinic_id, import_id, person, occurred_at, line_no) where person is not null;
create index import_lines_refused on import_lines (clinic_id, import_id, line_no) where state = 'refused';
create policy import_lines_own_clinic on import_lines using (clinic_id = (select current_setting('app.clinic')::uuid));
create policy import_lines_owner on import_lines to rewards_owner using ((select session_user <> current_user or current_setting('app.across', true) = 'owner'));
grant select, insert, delete on import_lines to rewards_service;
grant update (result, state) on import_lines to rewards_service;

-- 0020_imports.sql
create table event_additions (
    clinic_id uuid not null,
    addition_id uuid not null,
    event_id uuid not null,
    note bytea,
    evidence bytea,
    added_at timestamptz not null,
    added_by uuid not null,
    digest bytea not null,
    constraint event_additions_key primary key (clinic_id, addition_id),
    constraint event_additions_event_exists foreign key (clinic_id, event_id) references events(clinic_id, event_id),
    constraint event_additions_say_something check (note is not null or evidence is not null)
);
alter table event_additions enable row level security, force row level security;
create index event_additions_by_event on event_additions (clinic_id, event_id, addition_id);
create policy event_additions_own_clinic on event_additions using (clinic_id = (select current_setting('app.clinic')::uuid));
create policy event_additions_owner on event_additions to rewards_owner using ((select session_user <> current_user or current_setting('app.across', true) = 'owner'));
grant select, insert on event_additions to rewards_service;

-- 0022_worth.sql
create table points_worth (
    clinic_id uuid not null,
    points_worth_id uuid not null,
    amount bigint not null,
    unit text not null,
    starts_on date not null,
    reason bytea,
    created_at timestamptz not null,
    created_by uuid not null,
    constraint points_worth_key primary key (clinic_id, points_worth_id),
    constraint points_worth_clinic_exists foreign key (clinic_id) references clinics(clinic_id),
    constraint points_worth_amount_is_positive check (amount > 0),
    constraint points_worth_is_in_money check (unit = 'usd')
);
alter table points_worth enable row level security, force row level security;
create index points_worth_by_day on points_worth (clinic_id, starts_on, points_worth_id);
create policy points_worth_own_clinic on points_worth using (clinic_id = (select current_setting('app.clinic')::uuid));
create policy points_worth_owner on points_worth to rewards_owner using ((select session_user <> current_user or current_setting('app.across', true) = 'owner'));
grant select, insert on points_worth to rewards_service;

-- 0022_worth.sql, 0221_currencies.sql
create table gifts (
    clinic_id uuid not null,
    participant_id uuid not null,
    gift_id uuid not null,
    cause text not null,
    cause_id uuid not null,
    enrollment_id uuid,
    funding text,
    unit text,
    spent bigint not null,
    worth bigint not null,
    day date not null,
    at timestamptz not null,
    worth_unit text not null default 'usd',
    constraint gifts_key primary key (clinic_id, participant_id, gift_id),
    constraint gifts_participant_exists foreign key (clinic_id, participant_id) references participants(clinic_id, participant_id),
    constraint gifts_are_something check (spent <> 0 or worth <> 0),
    constraint gifts_cause_is_known check (cause in ('redemption', 'prize')),
    constraint gifts_go_one_way check (spent >= 0 and worth >= 0 or spent <= 0 and worth <= 0),
    constraint gifts_spend_in_a_unit check ((unit is null) = (cause = 'prize')),
    constraint gifts_spend_nothing_for_a_prize check (unit is not null or spent = 0),
    constraint gifts_unit_has_its_form check (unit ~ '^[a-z]{3}$' or (unit in ('points', 'draw'))),
    constraint gifts_worth_is_money check (worth_unit ~ '^[a-z]{3}$'),
    constraint gifts_worth_is_of_what_was_spent check (worth_unit =
case
    when unit in ('points', 'draw') then 'usd'
    else unit
end or unit is null)
);
alter table gifts enable row level security, force row level security;
create policy gifts_own_clinic on gifts using (clinic_id = (select current_setting('app.clinic')::uuid));
create policy gifts_owner on gifts to rewards_owner using ((select session_user <> current_user or current_setting('app.across', true) = 'owner'));
grant select, insert on gifts to rewards_service;

-- 0024_told_apart.sql
create table told_apart (
    clinic_id uuid not null,
    first_id uuid not null,
    second_id uuid not null,
    told_at timestamptz not null,
    told_by uuid not null,
    constraint told_apart_key primary key (clinic_id, first_id, second_id),
    constraint told_apart_first_exists foreign key (clinic_id, first_id) references participants(clinic_id, participant_id),
    constraint told_apart_second_exists foreign key (clinic_id, second_id) references participants(clinic_id, participant_id),
    constraint told_apart_in_order check (first_id < second_id)
);
alter table told_apart enable row level security, force row level security;
create index told_apart_by_second on told_apart (clinic_id, second_id);
create policy told_apart_own_clinic on told_apart using (clinic_id = (select current_setting('app.clinic')::uuid));
create policy told_apart_owner on told_apart to rewards_owner using ((select session_user <> current_user or current_setting('app.across', true) = 'owner'));
grant select, insert on told_apart to rewards_service;

create view owned_transfers with (security_invoker=true) as
select clinic_id,
    participant_id,
    unit,
    transfer_id,
    source,
    destination,
    amount,
    cause,
    cause_id,
    enrollment_id,
    fact_no,
    at,
    day,
    funding,
    coalesce(( select n.participant_id
           from enrollments n
          where n.clinic_id = t.clinic_id and n.enrollment_id = t.enrollment_id), ( select coalesce(c.survivor_id, c.participant_id) as "coalesce"
           from ( select coalesce(( select r.participant_id
                           from redemptions r
                          where (t.cause in ('redemption', 'order_failed', 'refund')) and r.clinic_id = t.clinic_id and r.redemption_id = t.cause_id), ( select m.participant_id
                           from manual_awards m
                          where t.cause = 'manual' and m.clinic_id = t.clinic_id and m.manual_award_id = t.cause_id), ( select o.participant_id
                           from openings o
                          where t.cause = 'opening' and o.clinic_id = t.clinic_id and o.opening_id = t.cause_id), t.participant_id) as participant_id
                 offset 0) made
             cross join lateral ( select participants.clinic_id,
                    participants.participant_id,
                    participants.reference,
                    participants.display_code,
                    participants.language,
                    participants.name,
                    participants.phone,
                    participants.email,
                    participants.name_index,
                    participants.phone_index,
                    participants.email_index,
                    participants.revision,
                    participants.created_at,
                    participants.survivor_id,
                    participants.survived_since,
                    participants.has_merged,
                    participants.status,
                    participants.status_on
                   from participants
                  where participants.clinic_id = t.clinic_id and participants.participant_id = made.participant_id
                 offset 0) c)) as owner_id
   from transfers t;
grant select on owned_transfers to rewards_service;

-- 0025_departures.sql
create table departures (
    clinic_id uuid not null,
    departure_id uuid not null,
    participant_id uuid not null,
    status text not null,
    on_day date not null,
    held text not null,
    reason bytea,
    units text[] not null,
    amounts bigint[] not null,
    enrollments uuid[] not null,
    undoes uuid,
    recorded_at timestamptz not null,
    recorded_by uuid not null,
    constraint departures_key primary key (clinic_id, departure_id),
    constraint departures_are_undone_once unique (clinic_id, undoes),
    constraint departures_participant_exists foreign key (clinic_id, participant_id) references participants(clinic_id, participant_id),
    constraint departures_undone_exists foreign key (clinic_id, undoes) references departures(clinic_id, departure_id),
    constraint departures_amounts_are_positive check (0 < all (amounts)),
    constraint departures_amounts_have_units check (cardinality(units) = cardinality(amounts)),
    constraint departures_held_is_known check (held in ('release', 'keep', 'restore')),
    constraint departures_kept_moves_nothing check (held <> 'keep' or amounts = '{}'::bigint[]),
    constraint departures_of_the_active_are_undone check ((status = 'active') = (undoes is not null)),
    constraint departures_status_is_known check (status in ('active', 'left', 'moved', 'deceased'))
);
alter table departures enable row level security, force row level security;
create index departures_of_participants on departures (clinic_id, participant_id, departure_id);
create policy departures_own_clinic on departures using (clinic_id = (select current_setting('app.clinic')::uuid));
create policy departures_owner on departures to rewards_owner using ((select session_user <> current_user or current_setting('app.across', true) = 'owner'));
grant select, insert on departures to rewards_service;

-- 0027_invitations.sql, 0072_marks.sql
create table invitations (
    clinic_id uuid not null,
    invitation_id uuid not null,
    staff_id uuid not null,
    token_hash bytea not null,
    made_at timestamptz not null,
    made_by uuid not null,
    ends_at timestamptz not null,
    used_at timestamptz,
    retired_at timestamptz,
    mark text,
    constraint invitations_key primary key (clinic_id, invitation_id),
    constraint invitations_token_is_unique unique (clinic_id, token_hash),
    constraint invitations_staff_exists foreign key (clinic_id, staff_id) references staff(clinic_id, staff_id),
    constraint invitations_end_after_they_begin check (ends_at > made_at),
    constraint invitations_token_is_hashed check (length(token_hash) = 32),
    constraint invitations_used_or_retired check (used_at is null or retired_at is null)
);
alter table invitations enable row level security, force row level security;
create unique index invitations_one_in_force on invitations (clinic_id, staff_id) where used_at is null and retired_at is null;
create policy invitations_own_clinic on invitations using (clinic_id = (select current_setting('app.clinic')::uuid));
create policy invitations_owner on invitations to rewards_owner using ((select session_user <> current_user or current_setting('app.across', true) = 'owner'));
grant select, insert on invitations to rewards_service;
grant update (used_at, retired_at) on invitations to rewards_service;

-- 0033_audit_checkpoints.sql
create table audit_checkpoints (
    clinic_id uuid not null,
    checkpoint_id uuid not null,
    seq bigint not null,
    hash bytea not null,
    at timestamptz not null,
    why text not null,
    signature bytea not null,
    constraint audit_checkpoints_key primary key (clinic_id, checkpoint_id),
    constraint audit_checkpoints_clinic_exists foreign key (clinic_id) references clinics(clinic_id),
    constraint audit_checkpoints_are_of_an_entry check (seq >= 1),
    constraint audit_checkpoints_why_is_known check (why in ('seed_rotated', 'day_ended', 'asked'))
);
alter table audit_checkpoints enable row level security, force row level security;
create index audit_checkpoints_by_seq on audit_checkpoints (clinic_id, seq);
create policy audit_checkpoints_own_clinic on audit_checkpoints using (clinic_id = (select current_setting('app.clinic')::uuid));
create policy audit_checkpoints_owner on audit_checkpoints to rewards_owner using ((select session_user <> current_user or current_setting('app.across', true) = 'owner'));
grant select, insert on audit_checkpoints to rewards_service;

-- 0037_accounting.sql
create table releases (
    clinic_id uuid not null,
    participant_id uuid not null,
    release_id uuid not null,
    how text not null,
    what text not null,
    recipient bytea,
    purpose bytea,
    at timestamptz not null,
    released_by uuid not null,
    constraint releases_key primary key (clinic_id, participant_id, release_id),
    constraint releases_participant_exists foreign key (clinic_id, participant_id) references participants(clinic_id, participant_id),
    constraint releases_how_is_known check (how in ('export', 'record', 'emergency'))
);
alter table releases enable row level security, force row level security;
create policy releases_own_clinic on releases using (clinic_id = (select current_setting('app.clinic')::uuid));
create policy releases_owner on releases to rewards_owner using ((select session_user <> current_user or current_setting('app.across', true) = 'owner'));
grant select, insert on releases to rewards_service;

-- 0037_accounting.sql
create table restrictions (
    clinic_id uuid not null,
    restriction_id uuid not null,
    participant_id uuid not null,
    subscriber_id uuid,
    recipient bytea,
    request bytea not null,
    status text not null,
    answer bytea,
    asked_at timestamptz not null,
    recorded_by uuid not null,
    settled_at timestamptz,
    settled_by uuid,
    ended_at timestamptz,
    ended_by uuid,
    constraint restrictions_key primary key (clinic_id, restriction_id),
    constraint restrictions_participant_exists foreign key (clinic_id, participant_id) references participants(clinic_id, participant_id),
    constraint restrictions_subscriber_exists foreign key (clinic_id, subscriber_id) references subscribers(clinic_id, subscriber_id),
    constraint restrictions_are_for_somebody check (subscriber_id is not null or recipient is not null),
    constraint restrictions_declined_with_an_answer check (status <> 'declined' or answer is not null),
    constraint restrictions_ended_by_somebody check ((status = 'ended') = (ended_at is not null) and (ended_at is null) = (ended_by is null)),
    constraint restrictions_settled_by_somebody check ((status = 'asked') = (settled_at is null) and (settled_at is null) = (settled_by is null)),
    constraint restrictions_status_is_known check (status in ('asked', 'agreed', 'declined', 'ended'))
);
alter table restrictions enable row level security, force row level security;
create index restrictions_agreed on restrictions (clinic_id, subscriber_id, participant_id) where status = 'agreed';
create index restrictions_by_participant on restrictions (clinic_id, participant_id, restriction_id);
create policy restrictions_own_clinic on restrictions using (clinic_id = (select current_setting('app.clinic')::uuid));
create policy restrictions_owner on restrictions to rewards_owner using ((select session_user <> current_user or current_setting('app.across', true) = 'owner'));
grant select, insert on restrictions to rewards_service;
grant update (status, answer, settled_at, settled_by, ended_at, ended_by) on restrictions to rewards_service;

-- 0037_accounting.sql
create table emergencies (
    clinic_id uuid not null,
    emergency_id uuid not null,
    participant_id uuid not null,
    reason bytea not null,
    recipient bytea not null,
    opened_at timestamptz not null,
    opened_by uuid not null,
    ends_at timestamptz not null,
    reviewed_at timestamptz,
    reviewed_by uuid,
    constraint emergencies_key primary key (clinic_id, emergency_id),
    constraint emergencies_participant_exists foreign key (clinic_id, participant_id) references participants(clinic_id, participant_id),
    constraint emergencies_end_after_they_begin check (ends_at > opened_at),
    constraint emergencies_reviewed_by_another check (reviewed_by <> opened_by),
    constraint emergencies_reviewed_by_somebody check ((reviewed_at is null) = (reviewed_by is null))
);
alter table emergencies enable row level security, force row level security;
create index emergencies_by_participant on emergencies (clinic_id, participant_id, emergency_id);
create index emergencies_to_review on emergencies (clinic_id, emergency_id) where reviewed_at is null;
create policy emergencies_own_clinic on emergencies using (clinic_id = (select current_setting('app.clinic')::uuid));
create policy emergencies_owner on emergencies to rewards_owner using ((select session_user <> current_user or current_setting('app.across', true) = 'owner'));
grant select, insert on emergencies to rewards_service;
grant update (reviewed_at, reviewed_by) on emergencies to rewards_service;

-- 0038_erasures.sql
create table erasures (
    clinic_id uuid not null,
    erasure_id uuid not null,
    participant_id uuid not null,
    charts uuid[] not null,
    reason bytea not null,
    status text not null default 'proposed',
    proposed_at timestamptz not null,
    proposed_by uuid not null,
    settled_at timestamptz,
    settled_by uuid,
    refusal bytea,
    constraint erasures_key primary key (clinic_id, erasure_id),
    constraint erasures_participant_exists foreign key (clinic_id, participant_id) references participants(clinic_id, participant_id),
    constraint erasures_only_refused_with_a_refusal check (refusal is null or status = 'refused'),
    constraint erasures_settled_by_another_person check (settled_by <> proposed_by),
    constraint erasures_settled_by_somebody check ((status = 'proposed') = (settled_at is null) and (settled_at is null) = (settled_by is null)),
    constraint erasures_status_is_known check (status in ('proposed', 'approved', 'refused'))
);
alter table erasures enable row level security, force row level security;
create index erasures_by_participant on erasures (clinic_id, participant_id, erasure_id);
create index erasures_by_status on erasures (clinic_id, status, erasure_id);
create policy erasures_own_clinic on erasures using (clinic_id = (select current_setting('app.clinic')::uuid));
create policy erasures_owner on erasures to rewards_owner using ((select session_user <> current_user or current_setting('app.across', true) = 'owner'));
grant select, insert on erasures to rewards_service;
grant update (charts, status, settled_at, settled_by, refusal) on erasures to rewards_service;

-- 0039_where_value_leaves.sql, 0070_new_addresses.sql, 0071_welcomed_much.sql, 0183_unseen.sql
create table second_person_rules (
    clinic_id uuid not null,
    second_person_rules_id uuid not null,
    roles text[] not null,
    record_within_days integer,
    enroll_within_days integer,
    recorded_usd_max bigint,
    recorded_points_max bigint,
    recorded_draws_max bigint,
    given_usd_max bigint,
    given_points_max bigint,
    overturn_own boolean not null,
    set_at timestamptz not null,
    set_by uuid not null,
    new_address_hours integer default 48,
    welcomed_usd_max bigint default 10000,
    welcomed_points_max bigint default 10000,
    welcomed_draws_max bigint default 100,
    unseen_usd_max bigint default 20000,
    constraint second_person_rules_key primary key (clinic_id, second_person_rules_id),
    constraint second_person_rules_clinic_exists foreign key (clinic_id) references clinics(clinic_id),
    constraint second_person_rules_amounts_not_negative check (recorded_usd_max >= 0 and recorded_points_max >= 0 and recorded_draws_max >= 0 and given_usd_max >= 0 and given_points_max >= 0),
    constraint second_person_rules_days_not_negative check (record_within_days >= 0 and enroll_within_days >= 0),
    constraint second_person_rules_hours_not_negative check (new_address_hours >= 0),
    constraint second_person_rules_roles_are_known check (roles <@ array['front_desk', 'clinician', 'manager', 'auditor', 'integration']),
    constraint second_person_rules_unseen_not_negative check (unseen_usd_max >= 0),
    constraint second_person_rules_welcomes_not_negative check (welcomed_usd_max >= 0 and welcomed_points_max >= 0 and welcomed_draws_max >= 0)
);
alter table second_person_rules enable row level security, force row level security;
create policy second_person_rules_own_clinic on second_person_rules using (clinic_id = (select current_setting('app.clinic')::uuid));
create policy second_person_rules_owner on second_person_rules to rewards_owner using ((select session_user <> current_user or current_setting('app.across', true) = 'owner'));
grant select, insert on second_person_rules to rewards_service;

-- 0039_where_value_leaves.sql, 0045_looks_by_fact.sql
create table second_looks (
    clinic_id uuid not null,
    second_look_id uuid not null,
    participant_id uuid not null,
    looked_at timestamptz not null,
    looked_by uuid not null,
    deeds integer not null,
    note bytea,
    through jsonb,
    constraint second_looks_key primary key (clinic_id, second_look_id),
    constraint second_looks_participant_exists foreign key (clinic_id, participant_id) references participants(clinic_id, participant_id),
    constraint second_looks_count_deeds check (deeds >= 0)
);
alter table second_looks enable row level security, force row level security;
create index second_looks_by_participant on second_looks (clinic_id, participant_id, second_look_id);
create policy second_looks_own_clinic on second_looks using (clinic_id = (select current_setting('app.clinic')::uuid));
create policy second_looks_owner on second_looks to rewards_owner using ((select session_user <> current_user or current_setting('app.across', true) = 'owner'));
grant select, insert on second_looks to rewards_service;

-- 0040_denials.sql
create table denials (
    clinic_id uuid not null,
    actor_id uuid not null,
    hour timestamptz not null,
    told integer not null,
    constraint denials_key primary key (clinic_id, actor_id),
    constraint denials_clinic_exists foreign key (clinic_id) references clinics(clinic_id),
    constraint denials_told_counts_from_one check (told >= 1)
);
alter table denials enable row level security, force row level security;
create policy denials_own_clinic on denials using (clinic_id = (select current_setting('app.clinic')::uuid));
create policy denials_owner on denials to rewards_owner using ((select session_user <> current_user or current_setting('app.across', true) = 'owner'));
grant select, insert on denials to rewards_service;
grant update (hour, told) on denials to rewards_service;

-- 0041_readers.sql
create table readers (
    clinic_id uuid not null,
    staff_id uuid not null,
    reader_id uuid not null,
    since timestamptz not null,
    constraint readers_key primary key (clinic_id, staff_id, reader_id),
    constraint readers_staff_exists foreign key (clinic_id, staff_id) references staff(clinic_id, staff_id),
    constraint readers_are_others check (reader_id <> clinic_id and reader_id <> staff_id)
);
alter table readers enable row level security, force row level security;
create policy readers_own_clinic on readers using (clinic_id = (select current_setting('app.clinic')::uuid));
create policy readers_owner on readers to rewards_owner using ((select session_user <> current_user or current_setting('app.across', true) = 'owner'));
grant select, insert on readers to rewards_service;

-- 0054_days.sql
create table paid_days (
    clinic_id uuid not null,
    day date not null,
    unit text not null,
    program text not null,
    funding text not null,
    credited bigint not null,
    taken_back bigint not null,
    constraint paid_days_key primary key (clinic_id, day, unit, program, funding),
    constraint paid_days_not_negative check (credited >= 0 and taken_back >= 0)
) with (fillfactor=50, autovacuum_vacuum_scale_factor=0.05);
alter table paid_days enable row level security, force row level security;
create policy paid_days_own_clinic on paid_days using (clinic_id = (select current_setting('app.clinic')::uuid));
create policy paid_days_owner on paid_days to rewards_owner using ((select session_user <> current_user or current_setting('app.across', true) = 'owner'));
grant select, insert, update on paid_days to rewards_service;

-- 0054_days.sql, 0236_visits_by_target.sql
create table visit_days (
    clinic_id uuid not null,
    day date not null,
    program text not null,
    came integer not null,
    missed integer not null,
    earning integer not null,
    failing integer not null,
    resets integer not null,
    recoveries integer not null,
    target text not null,
    recorded_by uuid not null,
    constraint visit_days_key primary key (clinic_id, day, program, target, recorded_by),
    constraint visit_days_not_negative check (came >= 0 and missed >= 0 and earning >= 0 and failing >= 0 and resets >= 0 and recoveries >= 0)
) with (fillfactor=50, autovacuum_vacuum_scale_factor=0.05);
alter table visit_days enable row level security, force row level security;
create policy visit_days_own_clinic on visit_days using (clinic_id = (select current_setting('app.clinic')::uuid));
create policy visit_days_owner on visit_days to rewards_owner using ((select session_user <> current_user or current_setting('app.across', true) = 'owner'));
grant select, insert, update on visit_days to rewards_service;

-- 0054_days.sql, 0236_visits_by_target.sql
create table visit_waits (
    clinic_id uuid not null,
    day date not null,
    program text not null,
    minutes integer not null,
    visits integer not null,
    recorded_by uuid not null,
    constraint visit_waits_key primary key (clinic_id, day, program, recorded_by, minutes),
    constraint visit_waits_are_of_visits check (visits >= 0),
    constraint visit_waits_minutes_not_negative check (minutes >= 0)
) with (fillfactor=50, autovacuum_vacuum_scale_factor=0.05);
alter table visit_waits enable row level security, force row level security;
create policy visit_waits_own_clinic on visit_waits using (clinic_id = (select current_setting('app.clinic')::uuid));
create policy visit_waits_owner on visit_waits to rewards_owner using ((select session_user <> current_user or current_setting('app.across', true) = 'owner'));
grant select, insert, update on visit_waits to rewards_service;

-- 0070_new_addresses.sql
create table new_addresses (
    clinic_id uuid not null,
    new_address_id uuid not null,
    participant_id uuid not null,
    channel text not null,
    mark bytea,
    had_before boolean not null,
    set_at timestamptz not null,
    set_by uuid not null,
    is_theirs boolean,
    settled_at timestamptz,
    settled_by uuid,
    settled_mark bytea,
    constraint new_addresses_key primary key (clinic_id, new_address_id),
    constraint new_addresses_participant_exists foreign key (clinic_id, participant_id) references participants(clinic_id, participant_id),
    constraint new_addresses_channel_is_known check (channel in ('text', 'email')),
    constraint new_addresses_settled_whole check ((is_theirs is null) = (settled_at is null) and (is_theirs is null) = (settled_by is null) and (is_theirs is null) = (settled_mark is null))
);
alter table new_addresses enable row level security, force row level security;
create index new_addresses_by_participant on new_addresses (clinic_id, participant_id, new_address_id);
create index new_addresses_by_time on new_addresses (clinic_id, set_at);
create policy new_addresses_own_clinic on new_addresses using (clinic_id = (select current_setting('app.clinic')::uuid));
create policy new_addresses_owner on new_addresses to rewards_owner using ((select session_user <> current_user or current_setting('app.across', true) = 'owner'));
grant select, insert on new_addresses to rewards_service;
grant update (is_theirs, settled_at, settled_by, settled_mark) on new_addresses to rewards_service;

-- 0125_inbound_effects.sql, 0142_planned_visits.sql, 0143_people_of_feeds.sql
create table inbound_effects (
    clinic_id uuid not null,
    message_id uuid not null,
    place integer not null,
    kind text not null,
    subject_id uuid not null,
    day_alone boolean not null default false,
    constraint inbound_effects_key primary key (clinic_id, message_id, place),
    constraint inbound_effects_message_exists foreign key (clinic_id, message_id) references inbound_messages(clinic_id, message_id),
    constraint inbound_effects_kind_is_known check (kind in ('recorded', 'corrected', 'withdrawn', 'known', 'planned', 'canceled', 'registered', 'changed', 'merged'))
);
alter table inbound_effects enable row level security, force row level security;
create index inbound_effects_by_subject on inbound_effects (clinic_id, subject_id);
create policy inbound_effects_own_clinic on inbound_effects using (clinic_id = (select current_setting('app.clinic')::uuid));
create policy inbound_effects_owner on inbound_effects to rewards_owner using ((select session_user <> current_user or current_setting('app.across', true) = 'owner'));
grant select, insert on inbound_effects to rewards_service;

-- 0135_audit_keyings.sql
create table audit_keyings (
    clinic_id uuid not null,
    audit_keying_id uuid not null,
    at timestamptz not null,
    key bytea not null,
    audit_check bytea not null,
    constraint audit_keyings_key primary key (clinic_id, audit_keying_id),
    constraint audit_keyings_to_a_key_once unique (clinic_id, audit_check),
    constraint audit_keyings_clinic_exists foreign key (clinic_id) references clinics(clinic_id),
    constraint audit_keyings_checks_are_hashes check (length(audit_check) = 32)
);
alter table audit_keyings enable row level security, force row level security;
create policy audit_keyings_own_clinic on audit_keyings using (clinic_id = (select current_setting('app.clinic')::uuid));
create policy audit_keyings_owner on audit_keyings to rewards_owner using ((select session_user <> current_user or current_setting('app.across', true) = 'owner'));
grant select, insert on audit_keyings to rewards_service;

-- 0140_clinic_moves.sql
create table clinic_moves (
    clinic_id uuid not null,
    step text not null,
    place text not null,
    at timestamptz not null,
    constraint clinic_moves_key primary key (clinic_id),
    constraint clinic_moves_of_clinic foreign key (clinic_id) references clinics(clinic_id),
    constraint clinic_moves_place_is_short check (length(place) >= 1 and length(place) <= 300),
    constraint clinic_moves_step_is_known check (step in ('leaving', 'left', 'arriving'))
);
alter table clinic_moves enable row level security, force row level security;
create policy clinic_moves_own_clinic on clinic_moves using (clinic_id = (select current_setting('app.clinic')::uuid));
create policy clinic_moves_owner on clinic_moves to rewards_owner using ((select session_user <> current_user or current_setting('app.across', true) = 'owner'));
grant select on clinic_moves to rewards_service;

-- 0142_planned_visits.sql
create table planned_visits (
    clinic_id uuid not null,
    enrollment_id uuid not null,
    plan_no integer not null,
    planned_visit_id uuid not null,
    target text not null,
    laid_on date,
    ordinal integer,
    made_no integer,
    day date,
    begins_at timestamptz,
    reason text not null,
    appointment bytea,
    planned_at timestamptz not null,
    planned_by uuid not null,
    constraint planned_visits_key primary key (clinic_id, enrollment_id, plan_no),
    constraint planned_visits_id_is_unique unique (clinic_id, planned_visit_id),
    constraint planned_visits_enrollment_exists foreign key (clinic_id, enrollment_id) references enrollments(clinic_id, enrollment_id),
    constraint planned_visits_are_of_one_kind check ((laid_on is null) = (ordinal is null) and (laid_on is null) <> (made_no is null) and made_no <= plan_no),
    constraint planned_visits_begin_where_expected check (day is not null or begins_at is null),
    constraint planned_visits_reason_is_known check (reason in ('asked', 'unwell', 'travel', 'clinic', 'scheduler', 'other'))
);
alter table planned_visits enable row level security, force row level security;
create index planned_visits_by_appointment on planned_visits (clinic_id, appointment) where appointment is not null;
create index planned_visits_by_day on planned_visits (clinic_id, day) where day is not null;
create policy planned_visits_own_clinic on planned_visits using (clinic_id = (select current_setting('app.clinic')::uuid));
create policy planned_visits_owner on planned_visits to rewards_owner using ((select session_user <> current_user or current_setting('app.across', true) = 'owner'));
grant select, insert on planned_visits to rewards_service;

-- 0146_reward_providers.sql, 0230_cards_loaded_by_hand.sql
create table provider_accounts (
    clinic_id uuid not null,
    provider_account_id uuid not null,
    provider text not null,
    name text not null,
    address text not null,
    access bytea not null,
    webhook_secret bytea,
    warn_below bigint not null,
    active boolean not null default true,
    revision integer not null default 1,
    created_at timestamptz not null,
    created_by uuid not null,
    balance bigint,
    balance_at timestamptz,
    catalog_at timestamptz,
    matched_at timestamptz,
    fault text,
    faults integer not null default 0,
    shut_until timestamptz,
    due_at timestamptz not null,
    call_at timestamptz not null,
    leased_by uuid,
    leased_until timestamptz,
    constraint provider_accounts_key primary key (clinic_id, provider_account_id),
    constraint provider_accounts_clinic_exists foreign key (clinic_id) references clinics(clinic_id),
    constraint provider_accounts_balance_has_a_time check ((balance is null) = (balance_at is null)),
    constraint provider_accounts_by_hand_are_asked_nothing check (provider <> 'by_hand' or address = '' and balance is null and webhook_secret is null and leased_by is null),
    constraint provider_accounts_lease_is_whole check ((leased_by is null) = (leased_until is null)),
    constraint provider_accounts_provider_is_known check (provider in ('tremendous', 'tango', 'giftbit', 'by_hand')),
    constraint provider_accounts_warn_not_below_nothing check (warn_below >= 0)
);
alter table provider_accounts enable row level security, force row level security;
create policy provider_accounts_own_clinic on provider_accounts using (clinic_id = (select current_setting('app.clinic')::uuid));
create policy provider_accounts_owner on provider_accounts to rewards_owner using ((select session_user <> current_user or current_setting('app.across', true) = 'owner'));
grant select, insert, update on provider_accounts to rewards_service;

-- 0146_reward_providers.sql
create table provider_products (
    clinic_id uuid not null,
    provider_product_id uuid not null,
    provider_account_id uuid not null,
    reference text not null,
    name text not null,
    category text not null,
    least bigint not null,
    most bigint not null,
    faces bigint[] not null,
    forbidden text,
    allowed boolean not null default false,
    allowed_by uuid,
    allowed_at timestamptz,
    seen_at timestamptz not null,
    gone_at timestamptz,
    constraint provider_products_key primary key (clinic_id, provider_product_id),
    constraint provider_products_are_known_once unique (clinic_id, provider_account_id, reference),
    constraint provider_products_account_exists foreign key (clinic_id, provider_account_id) references provider_accounts(clinic_id, provider_account_id),
    constraint provider_products_allowed_by_somebody check (not allowed or allowed_by is not null and allowed_at is not null),
    constraint provider_products_faces_in_order check ("least" > 0 and "least" <= most),
    constraint provider_products_never_forbidden check (not (allowed and forbidden is not null))
);
alter table rewards add constraint rewards_product_exists foreign key (clinic_id, provider_product_id) references provider_products(clinic_id, provider_product_id);
alter table provider_products enable row level security, force row level security;
create policy provider_products_own_clinic on provider_products using (clinic_id = (select current_setting('app.clinic')::uuid));
create policy provider_products_owner on provider_products to rewards_owner using ((select session_user <> current_user or current_setting('app.across', true) = 'owner'));
grant select, insert, update on provider_products to rewards_service;

-- 0146_reward_providers.sql
create table provider_orders (
    clinic_id uuid not null,
    redemption_id uuid not null,
    provider_account_id uuid not null,
    product text not null,
    face bigint not null,
    created_at timestamptz not null,
    sent_at timestamptz,
    provider_reference text,
    link bytea,
    refunded bigint not null default 0,
    cancel_asked_at timestamptz,
    cancel_asked_by uuid,
    tries integer not null default 0,
    fault text,
    learned_at timestamptz,
    due_at timestamptz,
    constraint provider_orders_key primary key (clinic_id, redemption_id),
    constraint provider_orders_account_exists foreign key (clinic_id, provider_account_id) references provider_accounts(clinic_id, provider_account_id),
    constraint provider_orders_redemption_exists foreign key (clinic_id, redemption_id) references redemptions(clinic_id, redemption_id),
    constraint provider_orders_cancel_asked_by_somebody check ((cancel_asked_at is null) = (cancel_asked_by is null)),
    constraint provider_orders_face_is_positive check (face > 0),
    constraint provider_orders_known_there_were_sent check (provider_reference is null or sent_at is not null),
    constraint provider_orders_refunded_up_to_their_face check (refunded >= 0 and refunded <= face)
);
alter table provider_orders enable row level security, force row level security;
create index provider_orders_by_account on provider_orders (clinic_id, provider_account_id, created_at);
create index provider_orders_by_reference on provider_orders (clinic_id, provider_account_id, provider_reference) where provider_reference is not null;
create index provider_orders_due on provider_orders (clinic_id, provider_account_id, due_at) where due_at is not null;
create policy provider_orders_own_clinic on provider_orders using (clinic_id = (select current_setting('app.clinic')::uuid));
create policy provider_orders_owner on provider_orders to rewards_owner using ((select session_user <> current_user or current_setting('app.across', true) = 'owner'));
grant select, insert on provider_orders to rewards_service;
grant update (sent_at, provider_reference, link, refunded, cancel_asked_at, cancel_asked_by, tries, fault, learned_at, due_at) on provider_orders to rewards_service;

-- 0146_reward_providers.sql
create table provider_differences (
    clinic_id uuid not null,
    provider_difference_id uuid not null,
    provider_account_id uuid not null,
    reference text not null,
    redemption_id uuid,
    kind text not null,
    ours text not null,
    theirs text not null,
    found_at timestamptz not null,
    ended_at timestamptz,
    constraint provider_differences_key primary key (clinic_id, provider_difference_id),
    constraint provider_differences_account_exists foreign key (clinic_id, provider_account_id) references provider_accounts(clinic_id, provider_account_id),
    constraint provider_differences_kind_is_known check (kind in ('missing_there', 'missing_here', 'face', 'state'))
);
alter table provider_differences enable row level security, force row level security;
create unique index provider_differences_once on provider_differences (clinic_id, provider_account_id, reference, kind) where ended_at is null;
create policy provider_differences_own_clinic on provider_differences using (clinic_id = (select current_setting('app.clinic')::uuid));
create policy provider_differences_owner on provider_differences to rewards_owner using ((select session_user <> current_user or current_setting('app.across', true) = 'owner'));
grant select, insert on provider_differences to rewards_service;
grant update (ours, theirs, ended_at) on provider_differences to rewards_service;

-- 0150_groups.sql
create table groups (
    clinic_id uuid not null,
    group_id uuid not null,
    name_en text not null,
    name_es text not null,
    programs text[] not null,
    targets text[] not null,
    weekdays smallint[] not null,
    begins time without time zone[] not null,
    minutes smallint[] not null,
    leader_id uuid,
    active boolean not null default true,
    revision integer not null default 1,
    created_at timestamptz not null,
    created_by uuid not null,
    constraint groups_key primary key (clinic_id, group_id),
    constraint groups_clinic_exists foreign key (clinic_id) references clinics(clinic_id),
    constraint groups_leader_exists foreign key (clinic_id, leader_id) references staff(clinic_id, staff_id),
    constraint groups_record_somewhere check (cardinality(programs) > 0 and cardinality(programs) = cardinality(targets)),
    constraint groups_times_are_whole check (cardinality(weekdays) = cardinality(begins) and cardinality(weekdays) = cardinality(minutes))
);
alter table groups enable row level security, force row level security;
create index groups_that_meet on groups (clinic_id, group_id desc) where active;
create policy groups_own_clinic on groups using (clinic_id = (select current_setting('app.clinic')::uuid));
create policy groups_owner on groups to rewards_owner using ((select session_user <> current_user or current_setting('app.across', true) = 'owner'));
grant select, insert on groups to rewards_service;
grant update (name_en, name_es, programs, targets, weekdays, begins, minutes, leader_id, active, revision) on groups to rewards_service;

-- 0150_groups.sql
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
    constraint group_members_group_exists foreign key (clinic_id, group_id) references groups(clinic_id, group_id),
    constraint group_members_participant_exists foreign key (clinic_id, participant_id) references participants(clinic_id, participant_id),
    constraint group_members_left_by_somebody check ((left_at is null) = (removed_by is null))
);
alter table group_members enable row level security, force row level security;
create index group_members_of_participant on group_members (clinic_id, participant_id);
create unique index group_members_once on group_members (clinic_id, group_id, participant_id) where left_at is null;
create index group_members_who_left on group_members (clinic_id, group_id, left_at) where left_at is not null;
create policy group_members_own_clinic on group_members using (clinic_id = (select current_setting('app.clinic')::uuid));
create policy group_members_owner on group_members to rewards_owner using ((select session_user <> current_user or current_setting('app.across', true) = 'owner'));
grant select, insert on group_members to rewards_service;
grant update (left_at, removed_by) on group_members to rewards_service;

-- 0171_drafts.sql
create table drafts (
    clinic_id uuid not null,
    staff_id uuid not null,
    place text not null,
    body bytea not null,
    saved_at timestamptz not null,
    constraint drafts_key primary key (clinic_id, staff_id, place),
    constraint drafts_staff_exists foreign key (clinic_id, staff_id) references staff(clinic_id, staff_id)
);
alter table drafts enable row level security, force row level security;
create policy drafts_own_clinic on drafts using (clinic_id = (select current_setting('app.clinic')::uuid));
create policy drafts_owner on drafts to rewards_owner using ((select session_user <> current_user or current_setting('app.across', true) = 'owner'));
grant select, insert, delete on drafts to rewards_service;
grant update (body, saved_at) on drafts to rewards_service;

-- 0172_calendar_feeds.sql
create table calendar_feeds (
    clinic_id uuid not null,
    participant_id uuid not null,
    secret_hash bytea not null,
    made_at timestamptz not null,
    constraint calendar_feeds_key primary key (clinic_id, participant_id),
    constraint calendar_feeds_secret_is_unique unique (clinic_id, secret_hash),
    constraint calendar_feeds_participant_exists foreign key (clinic_id, participant_id) references participants(clinic_id, participant_id),
    constraint calendar_feeds_secret_is_a_hash check (octet_length(secret_hash) = 32)
);
alter table calendar_feeds enable row level security, force row level security;
create policy calendar_feeds_own_clinic on calendar_feeds using (clinic_id = (select current_setting('app.clinic')::uuid));
create policy calendar_feeds_owner on calendar_feeds to rewards_owner using ((select session_user <> current_user or current_setting('app.across', true) = 'owner'));
grant select, insert, delete on calendar_feeds to rewards_service;
grant update (secret_hash, made_at) on calendar_feeds to rewards_service;

-- 0181_staff_passkeys.sql
create table staff_passkeys (
    clinic_id uuid not null,
    passkey_id uuid not null,
    staff_id uuid not null,
    credential_id bytea not null,
    public_key bytea not null,
    sign_count bigint not null,
    name bytea,
    mark text,
    created_at timestamptz not null,
    used_at timestamptz,
    removed_at timestamptz,
    removed_by uuid,
    constraint staff_passkeys_key primary key (clinic_id, passkey_id),
    constraint staff_passkeys_credential_is_unique unique (clinic_id, credential_id),
    constraint staff_passkeys_staff_exists foreign key (clinic_id, staff_id) references staff(clinic_id, staff_id),
    constraint staff_passkeys_removed_by_somebody check ((removed_at is null) = (removed_by is null))
);
alter table staff_passkeys enable row level security, force row level security;
create index staff_passkeys_of_staff on staff_passkeys (clinic_id, staff_id);
create policy staff_passkeys_own_clinic on staff_passkeys using (clinic_id = (select current_setting('app.clinic')::uuid));
create policy staff_passkeys_owner on staff_passkeys to rewards_owner using ((select session_user <> current_user or current_setting('app.across', true) = 'owner'));
grant select, insert on staff_passkeys to rewards_service;
grant update (sign_count, name, mark, used_at, removed_at, removed_by) on staff_passkeys to rewards_service;

-- 0187_reminders.sql
create table reminder_settings (
    clinic_id uuid not null,
    kinds text[] not null,
    hours_before integer not null,
    quiet_from time without time zone not null,
    quiet_until time without time zone not null,
    visits_begin time without time zone not null,
    called text,
    replies boolean not null,
    set_at timestamptz not null,
    set_by uuid not null,
    constraint reminder_settings_key primary key (clinic_id),
    constraint reminder_settings_clinic_exists foreign key (clinic_id) references clinics(clinic_id),
    constraint reminder_settings_called_is_short check (length(called) >= 1 and length(called) <= 40),
    constraint reminder_settings_hours_are_few check (hours_before >= 1 and hours_before <= 72),
    constraint reminder_settings_kinds_are_known check (kinds <@ array['before_visit', 'after_miss', 'waiting'])
);
alter table reminder_settings enable row level security, force row level security;
create policy reminder_settings_own_clinic on reminder_settings using (clinic_id = (select current_setting('app.clinic')::uuid));
create policy reminder_settings_owner on reminder_settings to rewards_owner using ((select session_user <> current_user or current_setting('app.across', true) = 'owner'));
grant select, insert on reminder_settings to rewards_service;
grant update (kinds, hours_before, quiet_from, quiet_until, visits_begin, called, replies, set_at, set_by) on reminder_settings to rewards_service;

-- 0187_reminders.sql
create table reminder_leaves (
    clinic_id uuid not null,
    participant_id uuid not null,
    channel text,
    how text not null,
    changed_at timestamptz not null,
    changed_by uuid not null,
    constraint reminder_leaves_key primary key (clinic_id, participant_id),
    constraint reminder_leaves_participant_exists foreign key (clinic_id, participant_id) references participants(clinic_id, participant_id),
    constraint reminder_leaves_channel_is_known check (channel in ('text', 'email')),
    constraint reminder_leaves_how_is_known check (how in ('staff', 'portal', 'reply'))
);
alter table reminder_leaves enable row level security, force row level security;
create policy reminder_leaves_own_clinic on reminder_leaves using (clinic_id = (select current_setting('app.clinic')::uuid));
create policy reminder_leaves_owner on reminder_leaves to rewards_owner using ((select session_user <> current_user or current_setting('app.across', true) = 'owner'));
grant select, insert, delete on reminder_leaves to rewards_service;
grant update (channel, how, changed_at, changed_by) on reminder_leaves to rewards_service;

-- 0187_reminders.sql
create table reminders (
    clinic_id uuid not null,
    reminder_id uuid not null,
    participant_id uuid not null,
    kind text not null,
    occasion text not null,
    visit_on date,
    channel text not null,
    status text not null,
    tries integer not null default 1,
    made_at timestamptz not null,
    next_at timestamptz not null,
    sent_at timestamptz,
    constraint reminders_key primary key (clinic_id, reminder_id),
    constraint reminders_once_an_occasion unique (clinic_id, participant_id, kind, occasion),
    constraint reminders_participant_exists foreign key (clinic_id, participant_id) references participants(clinic_id, participant_id),
    constraint reminders_channel_is_known check (channel in ('text', 'email')),
    constraint reminders_kind_is_known check (kind in ('before_visit', 'after_miss', 'waiting')),
    constraint reminders_of_visits_have_their_day check ((kind = 'before_visit') = (visit_on is not null)),
    constraint reminders_sent_at_a_time check ((status = 'sent') = (sent_at is not null)),
    constraint reminders_status_is_known check (status in ('in_hand', 'again', 'sent', 'not_sent', 'unsure'))
);
alter table reminders enable row level security, force row level security;
create index reminders_by_participant on reminders (clinic_id, participant_id, reminder_id);
create index reminders_of_visits on reminders (clinic_id, visit_on) where status = 'sent' and visit_on is not null;
create index reminders_open on reminders (clinic_id, next_at) where status in ('in_hand', 'again');
create policy reminders_own_clinic on reminders using (clinic_id = (select current_setting('app.clinic')::uuid));
create policy reminders_owner on reminders to rewards_owner using ((select session_user <> current_user or current_setting('app.across', true) = 'owner'));
grant select, insert, delete on reminders to rewards_service;
grant update (channel, status, tries, next_at, sent_at) on reminders to rewards_service;

-- 0188_submissions.sql
create table submission_settings (
    clinic_id uuid not null,
    takes text[] not null,
    keep_days integer not null,
    set_at timestamptz not null,
    set_by uuid not null,
    constraint submission_settings_key primary key (clinic_id),
    constraint submission_settings_clinic_exists foreign key (clinic_id) references clinics(clinic_id),
    constraint submission_settings_days_are_few check (keep_days >= 0 and keep_days <= 365),
    constraint submission_settings_takes_are_known check (takes <@ array['homework', 'activity'])
);
alter table submission_settings enable row level security, force row level security;
create policy submission_settings_own_clinic on submission_settings using (clinic_id = (select current_setting('app.clinic')::uuid));
create policy submission_settings_owner on submission_settings to rewards_owner using ((select session_user <> current_user or current_setting('app.across', true) = 'owner'));
grant select, insert on submission_settings to rewards_service;
grant update (takes, keep_days, set_at, set_by) on submission_settings to rewards_service;

-- 0188_submissions.sql
create table submissions (
    clinic_id uuid not null,
    submission_id uuid not null,
    participant_id uuid not null,
    enrollment_id uuid not null,
    target text not null,
    status text not null,
    submitted_at timestamptz not null,
    submitted_by uuid not null,
    said bytea,
    picture bytea,
    had_picture boolean not null,
    settled_at timestamptz,
    settled_by uuid,
    answer bytea,
    event_id uuid,
    constraint submissions_key primary key (clinic_id, submission_id),
    constraint submissions_enrollment_exists foreign key (clinic_id, enrollment_id) references enrollments(clinic_id, enrollment_id),
    constraint submissions_participant_exists foreign key (clinic_id, participant_id) references participants(clinic_id, participant_id),
    constraint submissions_asked_again_with_words check ((status = 'asked_again') = (answer is not null)),
    constraint submissions_say_or_show check (said is not null or had_picture),
    constraint submissions_settled_by_somebody check ((status in ('verified', 'asked_again')) = (settled_at is not null) and (settled_at is null) = (settled_by is null)),
    constraint submissions_showed_what_they_show check (picture is null or had_picture),
    constraint submissions_status_is_known check (status in ('waiting', 'verifying', 'verified', 'asked_again')),
    constraint submissions_verified_by_an_event check ((status = 'verified') = (event_id is not null))
);
alter table submissions enable row level security, force row level security;
create index submissions_by_participant on submissions (clinic_id, participant_id, submission_id);
create index submissions_open on submissions (clinic_id, submission_id) where status in ('waiting', 'verifying');
create index submissions_with_picture on submissions (clinic_id, submitted_at) where picture is not null;
create policy submissions_own_clinic on submissions using (clinic_id = (select current_setting('app.clinic')::uuid));
create policy submissions_owner on submissions to rewards_owner using ((select session_user <> current_user or current_setting('app.across', true) = 'owner'));
grant select, insert, delete on submissions to rewards_service;
grant update (status, picture, settled_at, settled_by, answer, event_id) on submissions to rewards_service;

-- 0198_budgets.sql
create table budgets (
    clinic_id uuid not null,
    budget_id uuid not null,
    program text,
    funding text,
    unit text not null,
    amount bigint not null,
    starts_on date not null,
    ends_on date not null,
    warn_percent smallint not null,
    reason bytea not null,
    revision integer not null default 1,
    created_at timestamptz not null,
    created_by uuid not null,
    constraint budgets_key primary key (clinic_id, budget_id),
    constraint budgets_clinic_exists foreign key (clinic_id) references clinics(clinic_id),
    constraint budgets_amount_positive check (amount > 0),
    constraint budgets_end_after_start check (ends_on >= starts_on),
    constraint budgets_of_no_draws check (unit <> 'draw'),
    constraint budgets_warn_within check (warn_percent >= 1 and warn_percent <= 100)
);
alter table budgets enable row level security, force row level security;
create policy budgets_own_clinic on budgets using (clinic_id = (select current_setting('app.clinic')::uuid));
create policy budgets_owner on budgets to rewards_owner using ((select session_user <> current_user or current_setting('app.across', true) = 'owner'));
grant select, insert on budgets to rewards_service;
grant update (amount, ends_on, warn_percent, reason, revision) on budgets to rewards_service;

-- 0198_budgets.sql
create table budget_warnings (
    clinic_id uuid not null,
    budget_id uuid not null,
    amount bigint not null,
    percent smallint not null,
    spent bigint not null,
    reached_at timestamptz not null,
    constraint budget_warnings_key primary key (clinic_id, budget_id, amount, percent),
    constraint budget_warnings_budget_exists foreign key (clinic_id, budget_id) references budgets(clinic_id, budget_id),
    constraint budget_warnings_percent_within check (percent >= 1 and percent <= 100)
);
alter table budget_warnings enable row level security, force row level security;
create policy budget_warnings_own_clinic on budget_warnings using (clinic_id = (select current_setting('app.clinic')::uuid));
create policy budget_warnings_owner on budget_warnings to rewards_owner using ((select session_user <> current_user or current_setting('app.across', true) = 'owner'));
grant select, insert on budget_warnings to rewards_service;

-- 0210_drawn_days.sql
create table drawn_days (
    clinic_id uuid not null,
    enrollment_id uuid not null,
    target text not null,
    day date not null,
    drawn_day_id uuid not null,
    version integer not null,
    days date[] not null,
    wanted integer not null,
    slip integer,
    is_drawn boolean not null,
    seed_id uuid not null,
    drawn_at timestamptz not null,
    constraint drawn_days_key primary key (clinic_id, enrollment_id, target, day),
    constraint drawn_days_id_is_unique unique (clinic_id, drawn_day_id),
    constraint drawn_days_enrollment_exists foreign key (clinic_id, enrollment_id) references enrollments(clinic_id, enrollment_id),
    constraint drawn_days_seed_exists foreign key (clinic_id, seed_id) references seeds(clinic_id, seed_id),
    constraint drawn_days_begin_with_the_day check (cardinality(days) >= 1 and cardinality(days) <= 7 and days[1] = day),
    constraint drawn_days_follow_their_slip check (is_drawn = (coalesce(slip, 8) <= wanted)),
    constraint drawn_days_slip_where_wanted check ((slip is null) = (wanted = 0) and slip >= 1 and slip <= cardinality(days)),
    constraint drawn_days_wanted_counts check (wanted >= 0 and wanted <= 7)
);
alter table drawn_days enable row level security, force row level security;
create index drawn_days_by_seed on drawn_days (clinic_id, seed_id);
create policy drawn_days_own_clinic on drawn_days using (clinic_id = (select current_setting('app.clinic')::uuid));
create policy drawn_days_owner on drawn_days to rewards_owner using ((select session_user <> current_user or current_setting('app.across', true) = 'owner'));
grant select, insert on drawn_days to rewards_service;

-- 0218_fhir_exports.sql
create table fhir_exports (
    clinic_id uuid not null,
    export_id uuid not null,
    asked_at timestamptz not null,
    asked_by uuid not null,
    role text not null,
    request text not null,
    kinds text[] not null,
    since timestamptz,
    kinds_done integer not null default 0,
    place bytea,
    files integer not null default 0,
    resources bigint not null default 0,
    done_at timestamptz,
    fault text,
    expires_at timestamptz not null,
    constraint fhir_exports_key primary key (clinic_id, export_id),
    constraint fhir_exports_clinic_exists foreign key (clinic_id) references clinics(clinic_id),
    constraint fhir_exports_count_up check (kinds_done >= 0 and files >= 0 and resources >= 0),
    constraint fhir_exports_kinds_are_some check (cardinality(kinds) > 0)
);
alter table fhir_exports enable row level security, force row level security;
create index fhir_exports_under_way on fhir_exports (clinic_id, export_id) where done_at is null;
create policy fhir_exports_own_clinic on fhir_exports using (clinic_id = (select current_setting('app.clinic')::uuid));
create policy fhir_exports_owner on fhir_exports to rewards_owner using ((select session_user <> current_user or current_setting('app.across', true) = 'owner'));
grant select, insert, delete on fhir_exports to rewards_service;
grant update (kinds_done, place, files, resources, done_at, fault) on fhir_exports to rewards_service;

-- 0218_fhir_exports.sql
create table fhir_export_files (
    clinic_id uuid not null,
    export_id uuid not null,
    file_no integer not null,
    kind text not null,
    resources integer not null,
    people uuid[] not null,
    body bytea not null,
    constraint fhir_export_files_key primary key (clinic_id, export_id, file_no),
    constraint fhir_export_files_export_exists foreign key (clinic_id, export_id) references fhir_exports(clinic_id, export_id) on delete cascade,
    constraint fhir_export_files_count_from_one check (file_no >= 1 and resources >= 1)
);
alter table fhir_export_files enable row level security, force row level security;
create policy fhir_export_files_own_clinic on fhir_export_files using (clinic_id = (select current_setting('app.clinic')::uuid));
create policy fhir_export_files_owner on fhir_export_files to rewards_owner using ((select session_user <> current_user or current_setting('app.across', true) = 'owner'));
grant select, insert, delete on fhir_export_files to rewards_service;

-- 0219_smart_clients.sql
create table smart_clients (
    clinic_id uuid not null,
    key_id uuid not null,
    jwks text,
    jwks_url text,
    scopes text[] not null,
    created_at timestamptz not null,
    mark text not null,
    constraint smart_clients_key primary key (clinic_id, key_id),
    constraint smart_clients_key_exists foreign key (clinic_id, key_id) references keys(clinic_id, key_id),
    constraint smart_clients_keys_or_their_address check ((jwks is null) <> (jwks_url is null))
);
alter table smart_clients enable row level security, force row level security;
create policy smart_clients_own_clinic on smart_clients using (clinic_id = (select current_setting('app.clinic')::uuid));
create policy smart_clients_owner on smart_clients to rewards_owner using ((select session_user <> current_user or current_setting('app.across', true) = 'owner'));
grant select, insert on smart_clients to rewards_service;

-- 0219_smart_clients.sql
create table smart_tokens (
    clinic_id uuid not null,
    token_hash bytea not null,
    key_id uuid not null,
    scopes text[] not null,
    made_at timestamptz not null,
    ends_at timestamptz not null,
    mark text not null,
    constraint smart_tokens_key primary key (clinic_id, token_hash),
    constraint smart_tokens_client_exists foreign key (clinic_id, key_id) references smart_clients(clinic_id, key_id),
    constraint smart_tokens_hash_is_a_hash check (octet_length(token_hash) = 32)
);
alter table smart_tokens enable row level security, force row level security;
create index smart_tokens_by_end on smart_tokens (clinic_id, key_id, ends_at);
create policy smart_tokens_own_clinic on smart_tokens using (clinic_id = (select current_setting('app.clinic')::uuid));
create policy smart_tokens_owner on smart_tokens to rewards_owner using ((select session_user <> current_user or current_setting('app.across', true) = 'owner'));
grant select, insert, delete on smart_tokens to rewards_service;

-- 0219_smart_clients.sql
create table smart_assertions (
    clinic_id uuid not null,
    key_id uuid not null,
    number_hash bytea not null,
    ends_at timestamptz not null,
    constraint smart_assertions_key primary key (clinic_id, key_id, number_hash),
    constraint smart_assertions_client_exists foreign key (clinic_id, key_id) references smart_clients(clinic_id, key_id)
);
alter table smart_assertions enable row level security, force row level security;
create policy smart_assertions_own_clinic on smart_assertions using (clinic_id = (select current_setting('app.clinic')::uuid));
create policy smart_assertions_owner on smart_assertions to rewards_owner using ((select session_user <> current_user or current_setting('app.across', true) = 'owner'));
grant select, insert, delete on smart_assertions to rewards_service;

-- 0220_source_pulls.sql
create table source_pulls (
    clinic_id uuid not null,
    source_id uuid not null,
    base_url text not null,
    token_url text,
    client_id text,
    kind text not null,
    every_minutes integer not null,
    private_key bytea not null,
    public_key text not null,
    since timestamptz not null,
    seen timestamptz,
    next_url bytea,
    messages bigint not null default 0,
    due_at timestamptz not null,
    pulled_at timestamptz,
    fault text,
    faults integer not null default 0,
    made_at timestamptz not null,
    made_by uuid not null,
    constraint source_pulls_key primary key (clinic_id, source_id),
    constraint source_pulls_source_exists foreign key (clinic_id, source_id) references sources(clinic_id, source_id),
    constraint source_pulls_every_some_minutes check (every_minutes >= 1 and every_minutes <= 1440),
    constraint source_pulls_tokens_are_somebody_s check ((token_url is null) = (client_id is null))
);
alter table source_pulls enable row level security, force row level security;
create policy source_pulls_own_clinic on source_pulls using (clinic_id = (select current_setting('app.clinic')::uuid));
create policy source_pulls_owner on source_pulls to rewards_owner using ((select session_user <> current_user or current_setting('app.across', true) = 'owner'));
grant select, insert, delete on source_pulls to rewards_service;
grant update (since, seen, next_url, messages, due_at, pulled_at, fault, faults) on source_pulls to rewards_service;

-- 0235_paid_spans.sql
create table paid_spans (
    clinic_id uuid not null,
    span date not null,
    unit text not null,
    account_id uuid not null,
    funding text not null,
    days bigint not null,
    constraint paid_spans_key primary key (clinic_id, span, unit, account_id, funding),
    constraint paid_spans_begin_with_one check (((span - '0001-01-01'::date) % 56) = 0),
    constraint paid_spans_have_days check (days >= 1 and days < '72057594037927936'::bigint)
) with (fillfactor=70, autovacuum_vacuum_scale_factor=0.05);
alter table paid_spans enable row level security, force row level security;
create policy paid_spans_own_clinic on paid_spans using (clinic_id = (select current_setting('app.clinic')::uuid));
create policy paid_spans_owner on paid_spans to rewards_owner using ((select session_user <> current_user or current_setting('app.across', true) = 'owner'));
grant select, insert, update on paid_spans to rewards_service;

-- 0054_days.sql
create view paid_weeks with (security_invoker=true) as
select s.clinic_id,
    s.span + 7 * k.place as week,
    s.unit,
    s.account_id,
    s.funding,
    ((s.days >> (7 * k.place)) & 127::bigint)::smallint as days
   from paid_spans s
     cross join generate_series(0, 7) k(place)
  where ((s.days >> (7 * k.place)) & 127::bigint) > 0;
grant select on paid_weeks to rewards_service;

-- 0237_saved_reports.sql
create table saved_reports (
    clinic_id uuid not null,
    saved_report_id uuid not null,
    name text not null,
    report text not null,
    period text not null,
    since date,
    until date,
    compared_with text not null,
    program text,
    funding text,
    shared boolean not null,
    made_at timestamptz not null,
    made_by uuid not null,
    constraint saved_reports_key primary key (clinic_id, saved_report_id),
    constraint saved_reports_clinic_exists foreign key (clinic_id) references clinics(clinic_id),
    constraint saved_reports_compared_with_is_known check (compared_with in ('before', 'year_before')),
    constraint saved_reports_days_are_whole check ((period = 'days') = (since is not null) and (since is null) = (until is null) and since <= until),
    constraint saved_reports_name_is_short check (length(name) >= 1 and length(name) <= 80),
    constraint saved_reports_period_is_known check (period in ('days', 'eight_weeks', 'last_week', 'last_month', 'last_quarter', 'last_year', 'this_year')),
    constraint saved_reports_report_is_known check (report in ('progress', 'paid'))
);
alter table saved_reports enable row level security, force row level security;
create policy saved_reports_own_clinic on saved_reports using (clinic_id = (select current_setting('app.clinic')::uuid));
create policy saved_reports_owner on saved_reports to rewards_owner using ((select session_user <> current_user or current_setting('app.across', true) = 'owner'));
grant select, insert, delete on saved_reports to rewards_service;

-- 0237_saved_reports.sql
create table report_mails (
    clinic_id uuid not null,
    saved_report_id uuid not null,
    staff_id uuid not null,
    every text not null,
    next_on date not null,
    due_at timestamptz not null,
    tries integer not null default 0,
    sent_at timestamptz,
    made_at timestamptz not null,
    constraint report_mails_key primary key (clinic_id, saved_report_id, staff_id),
    constraint report_mails_report_exists foreign key (clinic_id, saved_report_id) references saved_reports(clinic_id, saved_report_id) on delete cascade,
    constraint report_mails_staff_exists foreign key (clinic_id, staff_id) references staff(clinic_id, staff_id),
    constraint report_mails_every_is_known check (every in ('week', 'month', 'quarter')),
    constraint report_mails_tries_count_up check (tries >= 0)
);
alter table report_mails enable row level security, force row level security;
create index report_mails_due on report_mails (clinic_id, due_at);
create index report_mails_of_staff on report_mails (clinic_id, staff_id);
create policy report_mails_own_clinic on report_mails using (clinic_id = (select current_setting('app.clinic')::uuid));
create policy report_mails_owner on report_mails to rewards_owner using ((select session_user <> current_user or current_setting('app.across', true) = 'owner'));
grant select, insert, delete on report_mails to rewards_service;
grant update (every, next_on, due_at, tries, sent_at) on report_mails to rewards_service;

-- 0242_billing_rules.sql
create table billing_rules (
    clinic_id uuid not null,
    billing_rule_id uuid not null,
    program text not null,
    target text not null,
    outcome text,
    procedure_code text,
    result_code text,
    starts_on date not null,
    created_at timestamptz not null,
    created_by uuid not null,
    constraint billing_rules_key primary key (clinic_id, billing_rule_id),
    constraint billing_rules_clinic_exists foreign key (clinic_id) references clinics(clinic_id),
    constraint billing_rules_result_of_procedure check (result_code is null or procedure_code is not null)
);
alter table billing_rules enable row level security, force row level security;
create policy billing_rules_own_clinic on billing_rules using (clinic_id = (select current_setting('app.clinic')::uuid));
create policy billing_rules_owner on billing_rules to rewards_owner using ((select session_user <> current_user or current_setting('app.across', true) = 'owner'));
grant select, insert on billing_rules to rewards_service;

-- 0243_screenings.sql
create table screening_questions (
    clinic_id uuid not null,
    screening_questions_id uuid not null,
    program text not null,
    questions text not null,
    by_another boolean not null,
    set_at timestamptz not null,
    set_by uuid not null,
    constraint screening_questions_key primary key (clinic_id, screening_questions_id),
    constraint screening_questions_clinic_exists foreign key (clinic_id) references clinics(clinic_id)
);
alter table screening_questions enable row level security, force row level security;
create index screening_questions_by_program on screening_questions (clinic_id, program, screening_questions_id);
create policy screening_questions_own_clinic on screening_questions using (clinic_id = (select current_setting('app.clinic')::uuid));
create policy screening_questions_owner on screening_questions to rewards_owner using ((select session_user <> current_user or current_setting('app.across', true) = 'owner'));
grant select, insert on screening_questions to rewards_service;

-- 0243_screenings.sql
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
    constraint screenings_participant_exists foreign key (clinic_id, participant_id) references participants(clinic_id, participant_id),
    constraint screenings_questions_exist foreign key (clinic_id, screening_questions_id) references screening_questions(clinic_id, screening_questions_id),
    constraint screenings_approved_by_another check (approved_by is null or approved_by <> asked_by),
    constraint screenings_approved_exceptions check (approved_at is null or exception is not null and approved_by is not null),
    constraint screenings_exception_of_misfits check (exception is null or not fits)
);
alter table screenings enable row level security, force row level security;
create index screenings_by_participant on screenings (clinic_id, participant_id, screening_id);
create policy screenings_own_clinic on screenings using (clinic_id = (select current_setting('app.clinic')::uuid));
create policy screenings_owner on screenings to rewards_owner using ((select session_user <> current_user or current_setting('app.across', true) = 'owner'));
grant select, insert, delete on screenings to rewards_service;
grant update (approved_at, approved_by) on screenings to rewards_service;

-- 0244_guardian_consents.sql
create table guardian_rules (
    clinic_id uuid not null,
    guardian_rule_id uuid not null,
    program text,
    need text not null,
    set_at timestamptz not null,
    set_by uuid not null,
    constraint guardian_rules_key primary key (clinic_id, guardian_rule_id),
    constraint guardian_rules_clinic_exists foreign key (clinic_id) references clinics(clinic_id),
    constraint guardian_rules_need_is_known check (need in ('minors', 'everybody', 'nobody'))
);
alter table guardian_rules enable row level security, force row level security;
create policy guardian_rules_own_clinic on guardian_rules using (clinic_id = (select current_setting('app.clinic')::uuid));
create policy guardian_rules_owner on guardian_rules to rewards_owner using ((select session_user <> current_user or current_setting('app.across', true) = 'owner'));
grant select, insert on guardian_rules to rewards_service;

-- 0244_guardian_consents.sql
create table guardian_consents (
    clinic_id uuid not null,
    guardian_consent_id uuid not null,
    participant_id uuid not null,
    guardian bytea not null,
    relation text not null,
    consented_on date not null,
    recorded_at timestamptz not null,
    recorded_by uuid not null,
    withdrawn_at timestamptz,
    withdrawn_by uuid,
    constraint guardian_consents_key primary key (clinic_id, guardian_consent_id),
    constraint guardian_consents_participant_exists foreign key (clinic_id, participant_id) references participants(clinic_id, participant_id),
    constraint guardian_consents_relation_is_known check (relation in ('parent', 'guardian', 'agency', 'other', 'self')),
    constraint guardian_consents_withdrawn_by_somebody check ((withdrawn_at is null) = (withdrawn_by is null))
);
alter table guardian_consents enable row level security, force row level security;
create index guardian_consents_by_participant on guardian_consents (clinic_id, participant_id, guardian_consent_id);
create policy guardian_consents_own_clinic on guardian_consents using (clinic_id = (select current_setting('app.clinic')::uuid));
create policy guardian_consents_owner on guardian_consents to rewards_owner using ((select session_user <> current_user or current_setting('app.across', true) = 'owner'));
grant select, insert, delete on guardian_consents to rewards_service;
grant update (withdrawn_at, withdrawn_by) on guardian_consents to rewards_service;

-- 0245_brand_rules.sql
create table brand_rules (
    clinic_id uuid not null,
    brand_rule_id uuid not null,
    program text,
    categories text[],
    brands text[],
    set_at timestamptz not null,
    set_by uuid not null,
    constraint brand_rules_key primary key (clinic_id, brand_rule_id),
    constraint brand_rules_clinic_exists foreign key (clinic_id) references clinics(clinic_id)
);
alter table brand_rules enable row level security, force row level security;
create policy brand_rules_own_clinic on brand_rules using (clinic_id = (select current_setting('app.clinic')::uuid));
create policy brand_rules_owner on brand_rules to rewards_owner using ((select session_user <> current_user or current_setting('app.across', true) = 'owner'));
grant select, insert on brand_rules to rewards_service;

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

create type entry_row as (
    actor_id uuid,
    role text,
    deed text,
    subject_id uuid,
    participant_id uuid,
    detail text,
    keyed bytea
);

create type known_row as (
    participant_id uuid,
    versions xid[]
);

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

create type came_checkpoint_row as (
    enrollment_id uuid,
    facts integer,
    state bytea,
    came_at timestamptz
);

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

create function clinic_ids()
 returns setof uuid
 language sql
 stable security definer
 set search_path to 'pg_catalog', 'pg_temp'
begin atomic
 select clinics.clinic_id
    from clinics
   order by clinics.clinic_id;
end;
revoke all on function clinic_ids() from public;
grant execute on function clinic_ids() to rewards_service;

create function draw_tallies()
 returns table(document jsonb, slip integer, drawn bigint)
 language sql
 stable security definer
 set search_path to 'pg_catalog', 'pg_temp'
 set enable_seqscan to 'on'
begin atomic
 select d.document,
     s.slip,
     count(*) as count
    from (draws d
      cross join lateral unnest(d.slips) s(slip))
   group by d.document, s.slip;
end;
revoke all on function draw_tallies() from public;
grant execute on function draw_tallies() to rewards_service;

create function make_weeks(first_day date, weeks integer)
 returns integer
 language plpgsql
 security definer
 set search_path to 'public', 'pg_temp'
 set lock_timeout to '200ms'
as $function$
declare
    parent text;
    moment text;
    part text;
    week date;
    first_moment timestamptz;
    next_moment timestamptz;
    made integer := 0;
begin
    if weeks is null or weeks not between 1 and 60 then
        raise exception 'weeks are made 1 to 60 at a time';
    end if;
    if first_day is null or first_day not between current_date - 3700 and current_date + 3700 then
        raise exception 'weeks are made within ten years of today';
    end if;
    foreach parent in array array['notices', 'deliveries', 'attempts'] loop
        for place in 0..weeks - 1 loop
            week := date_trunc('week', first_day)::date + 7 * place;
            part := format('%s_%s', parent, to_char(week, 'YYYYMMDD'));
            first_moment := week::timestamp at time zone 'UTC';
            next_moment := (week + 7)::timestamp at time zone 'UTC';
            moment := case parent when 'deliveries' then 'created_at' else 'at' end;
            if to_regclass(part) is null then
                -- What came before its week was made moves over into it.
                execute format('lock table %I in access exclusive mode', parent || '_beyond');
                execute format(
                    'create temporary table beyond on commit drop as select * from %I where %I >= %L and %I < %L',
                    parent || '_beyond', moment, first_moment, moment, next_moment
                );
                execute format(
                    'delete from %I where %I >= %L and %I < %L',
                    parent || '_beyond', moment, first_moment, moment, next_moment
                );
                execute format(
                    'create table %I partition of %I for values from (%L) to (%L)',
                    part, parent, first_moment, next_moment
                );
                perform close_table(part);
                execute format('insert into %I select * from beyond', part);
                drop table beyond;
                made := made + 1;
            end if;
        end loop;
    end loop;
    return made;
end
$function$;
revoke all on function make_weeks(first_day date, weeks integer) from public;
grant execute on function make_weeks(first_day date, weeks integer) to rewards_service;

create function drop_weeks(before_day date)
 returns integer
 language plpgsql
 security definer
 set search_path to 'public', 'pg_temp'
 set lock_timeout to '200ms'
as $function$
declare
    part record;
    needed boolean;
    dropped integer := 0;
begin
    if before_day is null or before_day > current_date - 14 then
        raise exception 'weeks are dropped once they have been over for 14 days'
            using hint = 'ask for a day that lies at least 14 days back';
    end if;
    for part in
        select c.relname as name, p.relname as parent, w.ends
        from pg_inherits as i
        inner join pg_class as c on i.inhrelid = c.oid
        inner join pg_class as p on i.inhparent = p.oid
        cross join lateral (
            -- In a plan this may come before the condition on the parent: other names have no week in them.
            select case when c.relname like '%\_beyond' then before_day
                when c.relname ~ '_[0-9]{8}$' then to_date(right(c.relname, 8), 'YYYYMMDD') + 7 end as ends
        ) as w
        where i.inhparent in ('notices'::regclass, 'deliveries'::regclass, 'attempts'::regclass)
            and w.ends <= before_day
        order by w.ends, c.relname
    loop
        execute case part.parent
            when 'notices' then format(
                'select exists (select from subscriber_heads as h
                inner join subscribers as s on h.clinic_id = s.clinic_id and h.subscriber_id = s.subscriber_id
                where s.deleted_at is null and exists (
                    select from %I as n where n.clinic_id = h.clinic_id and n.seq > h.read_seq and n.at < $1
                ))', part.name
            )
            when 'deliveries' then format(
                'select exists (select from subscriber_heads as h
                inner join subscribers as s on h.clinic_id = s.clinic_id and h.subscriber_id = s.subscriber_id
                where s.deleted_at is null and s.status = ''active'' and (exists (
                    select from %1$I as d where d.clinic_id = h.clinic_id and d.subscriber_id = h.subscriber_id
                        and d.sequence > h.tried_sequence and d.created_at < $1
                ) or exists (
                    select from retries as r
                    inner join %1$I as d on r.clinic_id = d.clinic_id and r.subscriber_id = d.subscriber_id
                        and r.sequence = d.sequence and r.created_at = d.created_at
                    where r.clinic_id = h.clinic_id and r.subscriber_id = h.subscriber_id and d.created_at < $1
                )))', part.name
            )
            else 'select false and $1 is null'
        end into needed using before_day::timestamp at time zone 'UTC';
        continue when needed;
        if part.name like '%\_beyond' then
            execute format(
                'delete from %I where %I < $1',
                part.name, case part.parent when 'deliveries' then 'created_at' else 'at' end
            ) using before_day::timestamp at time zone 'UTC';
        else
            execute format('drop table %I', part.name);
            dropped := dropped + 1;
        end if;
    end loop;
    return dropped;
end
$function$;
revoke all on function drop_weeks(before_day date) from public;
grant execute on function drop_weeks(before_day date) to rewards_service;

create function subscribers_due(at_time timestamptz, rows_max integer)
 returns table(clinic_id uuid, subscriber_id uuid, silences integer)
 language sql
 stable security definer
 set search_path to 'public', 'pg_temp'
begin atomic
 select h.clinic_id,
     h.subscriber_id,
     h.silences
    from (subscriber_heads h
      join subscribers s on (((h.clinic_id = s.clinic_id) and (h.subscriber_id = s.subscriber_id))))
   where ((s.deleted_at is null) and ((h.leased_until is null) or (h.leased_until <= subscribers_due.at_time)) and (not (exists ( select
            from clinic_moves m
           where (m.clinic_id = h.clinic_id)))) and ((exists ( select
            from notices n
           where ((n.clinic_id = h.clinic_id) and (n.seq > h.read_seq) and (n.at > (h.read_at - '7 days'::interval))))) or ((s.status = 'active') and ((h.paused_until is null) or (h.paused_until <= subscribers_due.at_time)) and ((h.tried_sequence < h.sequence) or (exists ( select
            from retries r
           where ((r.clinic_id = h.clinic_id) and (r.subscriber_id = h.subscriber_id) and (r.due_at <= subscribers_due.at_time))))))))
   order by h.silences, h.read_at
  limit subscribers_due.rows_max;
end;
revoke all on function subscribers_due(at_time timestamptz, rows_max integer) from public;
grant execute on function subscribers_due(at_time timestamptz, rows_max integer) to rewards_service;

create function clinic_of_source(asked uuid)
 returns uuid
 language sql
 stable security definer
 set search_path to 'pg_catalog', 'pg_temp'
begin atomic
 select c.clinic_id
    from clinics c
   where (exists ( select
            from sources s
           where ((s.clinic_id = c.clinic_id) and (s.source_id = clinic_of_source.asked))));
end;
revoke all on function clinic_of_source(asked uuid) from public;
grant execute on function clinic_of_source(asked uuid) to rewards_service;

create function clinics_of_staff(asked bytea)
 returns setof uuid
 language sql
 stable security definer
 set search_path to 'pg_catalog', 'pg_temp'
begin atomic
 select c.clinic_id
    from clinics c
   where (exists ( select
            from staff s
           where ((s.clinic_id = c.clinic_id) and (s.email_index = clinics_of_staff.asked))))
   order by (exists ( select
            from clinic_moves m
           where (m.clinic_id = c.clinic_id))), c.clinic_id;
end;
revoke all on function clinics_of_staff(asked bytea) from public;
grant execute on function clinics_of_staff(asked bytea) to rewards_service;

create function clinic_of_sign_in_code(asked bytea)
 returns uuid
 language sql
 stable security definer
 set search_path to 'pg_catalog', 'pg_temp'
begin atomic
 select c.clinic_id
    from clinics c
   where (exists ( select
            from sign_in_codes s
           where ((s.clinic_id = c.clinic_id) and (s.code_index = clinic_of_sign_in_code.asked))))
  limit 1;
end;
revoke all on function clinic_of_sign_in_code(asked bytea) from public;
grant execute on function clinic_of_sign_in_code(asked bytea) to rewards_service;

create function accounts_of(clinic uuid, person uuid)
 returns setof uuid
 language sql
 stable
 set search_path to 'pg_catalog', 'public', 'pg_temp'
begin atomic
 with recursive own(participant_id) as (
          select accounts_of.person as person
         union
          select p.participant_id
            from participants p
           where ((p.clinic_id = accounts_of.clinic) and (p.survivor_id = accounts_of.person))
         union
          select m.survivor_id
            from (own own_1
              join merges m on (((m.clinic_id = accounts_of.clinic) and (m.ended_id = own_1.participant_id))))
         )
  select own.participant_id
    from own;
end;
revoke all on function accounts_of(clinic uuid, person uuid) from public;
grant execute on function accounts_of(clinic uuid, person uuid) to rewards_service;

create function hands_of(clinic uuid, actor uuid)
 returns setof uuid
 language sql
 stable rows 4
 set search_path to 'pg_catalog', 'public', 'pg_temp'
begin atomic
 with recursive hands(id) as (
          select hands_of.actor as actor
         union
          select one.id
            from (hands h
              cross join lateral ( select k.responsible as id
                    from keys k
                   where ((k.clinic_id = hands_of.clinic) and (k.key_id = h.id))
                 union all
                  select k.created_by
                    from keys k
                   where ((k.clinic_id = hands_of.clinic) and (k.key_id = h.id))
                 union all
                  select r.reader_id
                    from readers r
                   where ((r.clinic_id = hands_of.clinic) and (r.staff_id = h.id))) one)
           where ((one.id is not null) and (one.id <> hands_of.clinic))
         )
  select hands.id
    from hands;
end;
revoke all on function hands_of(clinic uuid, actor uuid) from public;
grant execute on function hands_of(clinic uuid, actor uuid) to rewards_service;

create function is_another_person(clinic uuid, did uuid, approves uuid)
 returns boolean
 language sql
 stable
 set search_path to 'pg_catalog', 'public', 'pg_temp'
begin atomic
 select ((exists ( select
            from staff s
           where ((s.clinic_id = is_another_person.clinic) and (s.staff_id = is_another_person.approves)))) and (exists ( select
            from (hands_of(is_another_person.clinic, is_another_person.did) one(id)
              join staff s on (((s.clinic_id = is_another_person.clinic) and (one.id = s.staff_id)))))) and (not (exists ( select
            from (hands_of(is_another_person.clinic, is_another_person.did) one(id)
              join hands_of(is_another_person.clinic, is_another_person.approves) other(id) on ((one.id = other.id)))))) and (not (exists ( select
            from (((hands_of(is_another_person.clinic, is_another_person.did) one(id)
              join staff s on (((s.clinic_id = is_another_person.clinic) and (one.id = s.staff_id))))
              join staff o on (((o.clinic_id = is_another_person.clinic) and (s.mailbox_index = o.mailbox_index))))
              join hands_of(is_another_person.clinic, is_another_person.approves) other(id) on ((o.staff_id = other.id)))))));
end;
revoke all on function is_another_person(clinic uuid, did uuid, approves uuid) from public;
grant execute on function is_another_person(clinic uuid, did uuid, approves uuid) to rewards_service;

create function proposals_by_another_person()
 returns trigger
 language plpgsql
 set search_path to 'pg_catalog', 'public', 'pg_temp'
as $function$
declare
    row_now jsonb := to_jsonb(new);
    settler uuid := row_now ->> tg_argv[0];
begin
    if new.by_ids and (tg_op = 'INSERT' or not old.by_ids) then
        raise exception 'compared by ids alone, which was before' using
            errcode = 'check_violation', constraint = tg_table_name || '_by_ids_was_before', table = tg_table_name;
    end if;
    -- Whoever refuses moves nothing, and what one person did alone inside a limit has no second one.
    if settler is null or row_now ->> 'status' = 'refused' or row_now ->> 'alone' = 'true' then
        return null;
    end if;
    if tg_op = 'UPDATE' and settler = (to_jsonb(old) ->> tg_argv[0])::uuid then
        return null;
    end if;
    if not is_another_person(new.clinic_id, (row_now ->> tg_argv[1])::uuid, settler) then
        raise exception 'settled by no other person' using
            errcode = 'check_violation', constraint = tg_table_name || '_by_two_persons', table = tg_table_name;
    end if;
    return null;
end
$function$;
revoke all on function proposals_by_another_person() from public;
grant execute on function proposals_by_another_person() to rewards_service;

create function close_tables()
 returns integer
 language plpgsql
 set search_path to 'public', 'pg_temp'
as $function$
declare
    one record;
    closed integer := 0;
begin
    for one in
        select c.oid, c.relname as name
        from pg_class as c
        where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and c.relrowsecurity
            and (not c.relforcerowsecurity or not exists (
                select from pg_policy as p where p.polrelid = c.oid and p.polname = c.relname || '_owner'
            ))
        order by c.relname
    loop
        perform close_table(one.name);
        closed := closed + 1;
    end loop;
    return closed;
end
$function$;
revoke all on function close_tables() from public;

create function close_table(name text)
 returns void
 language plpgsql
 set search_path to 'public', 'pg_temp'
as $function$
begin
    execute format('alter table %I enable row level security, force row level security', name);
    execute format('drop policy if exists %I on %I', name || '_owner', name);
    execute format(
        'create policy %I on %I to %I using ((select session_user <> current_user
            or current_setting(''app.across'', true) = ''owner''))',
        name || '_owner', name, current_user
    );
end
$function$;
revoke all on function close_table(name text) from public;

create function settled_by_another_person()
 returns trigger
 language plpgsql
 set search_path to 'pg_catalog', 'public', 'pg_temp'
as $function$
declare
    row_now jsonb := to_jsonb(new);
    settler uuid := row_now ->> tg_argv[0];
begin
    if settler is null or row_now ->> 'status' = 'refused' then
        return null;
    end if;
    if tg_op = 'UPDATE' and settler = (to_jsonb(old) ->> tg_argv[0])::uuid then
        return null;
    end if;
    if not is_another_person(new.clinic_id, (row_now ->> tg_argv[1])::uuid, settler) then
        raise exception 'settled by no other person' using
            errcode = 'check_violation', constraint = tg_table_name || '_by_two_persons', table = tg_table_name;
    end if;
    return null;
end
$function$;
revoke all on function settled_by_another_person() from public;
grant execute on function settled_by_another_person() to rewards_service;

create function erase_words(erasure uuid, place text, ids uuid[], words bytea[])
 returns integer
 language plpgsql
 security definer
 set search_path to 'public', 'pg_temp'
as $function$
declare
    clinic constant uuid := current_setting('app.clinic')::uuid;
    people uuid [];
    named text [];
    changed integer;
begin
    select e.charts into people
    from erasures as e
    where e.clinic_id = clinic and e.erasure_id = erasure and e.status = 'approved'
        and e.xmin = pg_current_xact_id()::xid;
    if people is null then
        raise exception 'no erasure of this id is being done' using errcode = 'insufficient_privilege';
    end if;
    -- Table, column, id of the row, and the column by which it is somebody's.
    select array[p.relation, p.field, p.id, p.whose] into named
    from (values
        ('events', 'note', 'event_id', 'participant_id'),
        ('events', 'evidence', 'event_id', 'participant_id'),
        ('events', 'receipt', 'event_id', 'participant_id'),
        ('event_additions', 'note', 'addition_id', 'event_id'),
        ('event_additions', 'evidence', 'addition_id', 'event_id'),
        ('corrections', 'reason', 'correction_id', 'participant_id'),
        ('enrollment_moves', 'reason', 'enrollment_id', 'enrollment_id'),
        ('enrollments', 'close_reason', 'enrollment_id', 'participant_id'),
        ('manual_awards', 'reason', 'manual_award_id', 'participant_id'),
        ('manual_awards', 'refusal', 'manual_award_id', 'participant_id'),
        ('openings', 'reason', 'opening_id', 'participant_id'),
        ('openings', 'refusal', 'opening_id', 'participant_id'),
        ('openings', 'withdrawal', 'opening_id', 'participant_id'),
        ('departures', 'reason', 'departure_id', 'participant_id'),
        ('redemption_changes', 'reason', 'redemption_change_id', 'redemption_id'),
        ('redemption_changes', 'refusal', 'redemption_change_id', 'redemption_id'),
        ('inbound_messages', 'body', 'message_id', 'participant_id'),
        ('inbound_messages', 'sender_id', 'message_id', 'participant_id'),
        ('inbound_messages', 'why', 'message_id', 'participant_id'),
        ('inbound_messages', 'reason', 'message_id', 'participant_id'),
        ('merges', 'reason', 'merge_id', 'survivor_id'),
        ('unmerges', 'reason', 'merge_id', 'merge_id'),
        ('consents', 'purpose', 'consent_id', 'participant_id'),
        ('consents', 'information', 'consent_id', 'participant_id'),
        ('consents', 'recipient', 'consent_id', 'participant_id'),
        ('consents', 'ends_when', 'consent_id', 'participant_id'),
        ('consents', 'how_to_revoke', 'consent_id', 'participant_id'),
        ('consents', 'signed_name', 'consent_id', 'participant_id'),
        ('consents', 'signature', 'consent_id', 'participant_id'),
        ('releases', 'recipient', 'release_id', 'participant_id'),
        ('releases', 'purpose', 'release_id', 'participant_id'),
        ('restrictions', 'request', 'restriction_id', 'participant_id'),
        ('restrictions', 'recipient', 'restriction_id', 'participant_id'),
        ('restrictions', 'answer', 'restriction_id', 'participant_id'),
        ('emergencies', 'reason', 'emergency_id', 'participant_id'),
        ('emergencies', 'recipient', 'emergency_id', 'participant_id'),
        ('sessions', 'agent', 'session_id', 'participant_id'),
        ('second_looks', 'note', 'second_look_id', 'participant_id')
    ) as p (relation, field, id, whose)
    where p.relation || '.' || p.field = place;
    if named is null then
        raise exception 'no words of people stand at %', place using errcode = 'insufficient_privilege';
    end if;
    execute format(
        'update %1$I as t set %2$I = w.word from unnest($1, $2) as w (id, word)
        where t.clinic_id = $3 and t.%3$I = w.id and t.%2$I is not null and ' || case named[4]
            when 'participant_id' then 't.participant_id = any($4)'
            when 'survivor_id' then '(t.survivor_id = any($4) or t.ended_id = any($4))'
            when 'event_id' then 'exists (select from events as e where e.clinic_id = $3 and e.event_id = t.event_id
                and e.participant_id = any($4))'
            when 'enrollment_id' then 'exists (select from enrollments as e where e.clinic_id = $3
                and e.enrollment_id = t.enrollment_id and e.participant_id = any($4))'
            when 'redemption_id' then '(exists (select from redemptions as e where e.clinic_id = $3
                and e.redemption_id = t.redemption_id and e.participant_id = any($4))
                or exists (select from prizes as e where e.clinic_id = $3
                and e.prize_id = t.prize_id and e.participant_id = any($4)))'
            when 'merge_id' then 'exists (select from merges as e where e.clinic_id = $3 and e.merge_id = t.merge_id
                and (e.survivor_id = any($4) or e.ended_id = any($4)))'
        end,
        named[1], named[2], named[3]
    ) using ids, words, clinic, people;
    get diagnostics changed = row_count;
    return changed;
end
$function$;
revoke all on function erase_words(erasure uuid, place text, ids uuid[], words bytea[]) from public;
grant execute on function erase_words(erasure uuid, place text, ids uuid[], words bytea[]) to rewards_service;

create function erase_references(erasure uuid)
 returns integer
 language plpgsql
 security definer
 set search_path to 'public', 'pg_temp'
as $function$
declare
    clinic constant uuid := current_setting('app.clinic')::uuid;
    people uuid [];
    changed integer;
begin
    select e.charts into people
    from erasures as e
    where e.clinic_id = clinic and e.erasure_id = erasure and e.status = 'approved'
        and e.xmin = pg_current_xact_id()::xid;
    if people is null then
        raise exception 'no erasure of this id is being done' using errcode = 'insufficient_privilege';
    end if;
    update events set reference = null, reference_no = 0
    where clinic_id = clinic and participant_id = any(people) and reference is not null;
    get diagnostics changed = row_count;
    return changed;
end
$function$;
revoke all on function erase_references(erasure uuid) from public;
grant execute on function erase_references(erasure uuid) to rewards_service;

create function erase_numbers(erasure uuid, ids uuid[], new_values text[], new_keys text[], new_nears text[])
 returns integer
 language plpgsql
 security definer
 set search_path to 'public', 'pg_temp'
as $function$
declare
    clinic constant uuid := current_setting('app.clinic')::uuid;
    people uuid [];
    changed integer;
begin
    select e.charts into people
    from erasures as e
    where e.clinic_id = clinic and e.erasure_id = erasure and e.status = 'approved'
        and e.xmin = pg_current_xact_id()::xid;
    if people is null then
        raise exception 'no erasure of this id is being done' using errcode = 'insufficient_privilege';
    end if;
    update identifiers as i set value = n.value, key = n.key, near = n.near
    from unnest(ids, new_values, new_keys, new_nears) as n (id, value, key, near)
    where i.clinic_id = clinic and i.identifier_id = n.id and i.participant_id = any(people);
    get diagnostics changed = row_count;
    return changed;
end
$function$;
revoke all on function erase_numbers(erasure uuid, ids uuid[], new_values text[], new_keys text[], new_nears text[]) from public;
grant execute on function erase_numbers(erasure uuid, ids uuid[], new_values text[], new_keys text[], new_nears text[]) to rewards_service;

create function known_to_adds_a_reader()
 returns trigger
 language plpgsql
 set search_path to 'pg_catalog', 'public', 'pg_temp'
as $function$
begin
    if new.known_to not in (new.clinic_id, new.staff_id) then
        insert into readers (clinic_id, staff_id, reader_id, since)
        values (new.clinic_id, new.staff_id, new.known_to, clock_timestamp())
        on conflict do nothing;
    end if;
    return null;
end
$function$;
revoke all on function known_to_adds_a_reader() from public;
grant execute on function known_to_adds_a_reader() to rewards_service;

create function set_for_good()
 returns trigger
 language plpgsql
 set search_path to 'pg_catalog', 'public', 'pg_temp'
as $function$
declare
    row_before jsonb := to_jsonb(old);
    row_now jsonb := to_jsonb(new);
    column_name text;
begin
    foreach column_name in array tg_argv loop
        if row_before ->> column_name is not null and row_before ->> column_name is distinct from row_now ->> column_name then
            raise exception '% is set for good', column_name using
                errcode = 'check_violation', constraint = tg_table_name || '_' || column_name || '_for_good',
                table = tg_table_name;
        end if;
    end loop;
    return new;
end
$function$;
revoke all on function set_for_good() from public;
grant execute on function set_for_good() to rewards_service;

create function hold_people(clinic uuid, people uuid[])
 returns void
 language plpgsql
as $function$
begin
    perform from participants as p
    where p.clinic_id = clinic and p.participant_id = any(people)
    order by p.participant_id
    for no key update;
end
$function$;
revoke all on function hold_people(clinic uuid, people uuid[]) from public;
grant execute on function hold_people(clinic uuid, people uuid[]) to rewards_service;

create function hold_to(holds boolean)
 returns xid
 language plpgsql
as $function$
begin
    if holds is distinct from true then
        raise exception 'what was decided from has changed' using errcode = 'RW001';
    end if;
    return pg_current_xact_id()::xid;
end
$function$;
revoke all on function hold_to(holds boolean) from public;
grant execute on function hold_to(holds boolean) to rewards_service;

create function wait_step(wait interval)
 returns integer
 language sql
 immutable parallel safe
return ((select case when (whole.m < 120) then whole.m when (whole.m < 2880) then ((whole.m / 60) * 60) else (least((whole.m / 1440), (100000)::bigint) * 1440) end as "case" from (select (greatest(floor((extract(epoch from wait_step.wait) / 60.0)), (0)::numeric))::bigint as m) whole))::integer;
revoke all on function wait_step(wait interval) from public;
grant execute on function wait_step(wait interval) to rewards_service;

create function monday_of(day date)
 returns date
 language sql
 immutable parallel safe
return (day - ((extract(isodow from day))::integer - 1));
revoke all on function monday_of(day date) from public;
grant execute on function monday_of(day date) to rewards_service;

create function transfers_count_by_day()
 returns trigger
 language plpgsql
 set search_path to 'pg_catalog', 'public', 'pg_temp'
as $function$
begin
    with moved as materialized (
        select
            t.clinic_id, t.day, span_of(t.day) as span, t.unit, coalesce(t.enrollment_id, t.participant_id) as account_id,
            coalesce(t.funding, '') as funding, t.enrollment_id,
            case when t.source = 'issued' then t.amount else 0 end as credited,
            case when t.destination = 'issued' then t.amount else 0 end as taken_back
        from added as t
        where t.day is not null and t.cause <> 'opening'
    ),

    present as (
        insert into paid_spans as w (clinic_id, span, unit, account_id, funding, days)
        select clinic_id, span, unit, account_id, funding, bit_or(1::bigint << (day - span))
        from moved
        group by 1, 2, 3, 4, 5
        order by 1, 2, 3, 4, 5
        on conflict (clinic_id, span, unit, account_id, funding) do update
        set days = w.days | excluded.days
        where w.days & excluded.days <> excluded.days
    )

    insert into paid_days as d (clinic_id, day, unit, program, funding, credited, taken_back)
    select
        m.clinic_id, m.day, m.unit, coalesce(n.program, ''), m.funding, sum(m.credited), sum(m.taken_back)
    from moved as m
    left join enrollments as n on n.clinic_id = m.clinic_id and n.enrollment_id = m.enrollment_id
    group by 1, 2, 3, 4, 5
    -- In one order, so that no two wait for each other in a ring.
    order by 1, 2, 3, 4, 5
    on conflict (clinic_id, day, unit, program, funding) do update
    set credited = d.credited + excluded.credited, taken_back = d.taken_back + excluded.taken_back;
    return null;
end
$function$;
revoke all on function transfers_count_by_day() from public;
grant execute on function transfers_count_by_day() to rewards_service;

create function events_count_by_day()
 returns trigger
 language plpgsql
 set search_path to 'pg_catalog', 'public', 'pg_temp'
as $function$
begin
    with told as materialized (
        select
            e.clinic_id, (e.occurred_at at time zone c.zone)::date as day, n.program, e.target, e.recorded_by, e.effect,
            is_came(e.outcome, e.expected_on is not null) as came,
            is_missed(e.outcome, e.expected_on is not null) as missed,
            wait_step(e.recorded_at - e.occurred_at) as minutes
        from added as e
        inner join clinics as c on c.clinic_id = e.clinic_id
        inner join enrollments as n on n.clinic_id = e.clinic_id and n.enrollment_id = e.enrollment_id
    ),

    waited as (
        insert into visit_waits as d (clinic_id, day, program, recorded_by, minutes, visits)
        select clinic_id, day, program, recorded_by, minutes, count(*)
        from told
        where came
        group by 1, 2, 3, 4, 5
        order by 1, 2, 3, 4, 5
        on conflict (clinic_id, day, program, recorded_by, minutes) do update set visits = d.visits + excluded.visits
    )

    insert into visit_days as d (
        clinic_id, day, program, target, recorded_by, came, missed, earning, failing, resets, recoveries
    )
    select
        clinic_id, day, program, target, recorded_by, count(*) filter (where came), count(*) filter (where missed),
        count(*) filter (where came and effect = 'success'), count(*) filter (where came and effect = 'failure'), 0, 0
    from told
    group by 1, 2, 3, 4, 5
    order by 1, 2, 3, 4, 5
    on conflict (clinic_id, day, program, target, recorded_by) do update
    set
        came = d.came + excluded.came, missed = d.missed + excluded.missed,
        earning = d.earning + excluded.earning, failing = d.failing + excluded.failing;
    return null;
end
$function$;
revoke all on function events_count_by_day() from public;
grant execute on function events_count_by_day() to rewards_service;

create function awards_count_by_day()
 returns trigger
 language plpgsql
 set search_path to 'pg_catalog', 'public', 'pg_temp'
as $function$
begin
    insert into visit_days as d (
        clinic_id, day, program, target, recorded_by, came, missed, earning, failing, resets, recoveries
    )
    select
        a.clinic_id, (a.posted_at at time zone c.zone)::date, n.program, e.target, e.recorded_by, 0, 0, 0, 0,
        count(*) filter (where position('"reset"'::bytea in a.why) > 0),
        count(*) filter (where position('"recovered"'::bytea in a.why) > 0)
    from added as a
    inner join clinics as c on c.clinic_id = a.clinic_id
    inner join enrollments as n on n.clinic_id = a.clinic_id and n.enrollment_id = a.enrollment_id
    inner join events as e on e.clinic_id = a.clinic_id and e.event_id = a.event_id
    where
        a.kind = 'base'
        and (position('"reset"'::bytea in a.why) > 0 or position('"recovered"'::bytea in a.why) > 0)
    group by 1, 2, 3, 4, 5
    order by 1, 2, 3, 4, 5
    on conflict (clinic_id, day, program, target, recorded_by) do update
    set resets = d.resets + excluded.resets, recoveries = d.recoveries + excluded.recoveries;
    return null;
end
$function$;
revoke all on function awards_count_by_day() from public;
grant execute on function awards_count_by_day() to rewards_service;

create function corrections_count_by_day()
 returns trigger
 language plpgsql
 set search_path to 'pg_catalog', 'public', 'pg_temp'
as $function$
begin
    with corrected as materialized (
        select clinic_id, event_id, enrollment_id, min(fact_no) as first_no from added group by 1, 2, 3
    ),

    changed as materialized (
        select
            c.clinic_id, b.day, b.program, b.target, b.recorded_by, b.minutes, a.came - b.came as came,
            a.missed - b.missed as missed, a.earning - b.earning as earning, a.failing - b.failing as failing,
            a.waits - b.waits as waits
        from corrected as c
        cross join lateral event_counts(c.clinic_id, c.event_id, c.first_no) as b
        cross join lateral event_counts(c.clinic_id, c.event_id, 2147483647) as a
    ),

    waited as (
        update visit_waits as d set visits = d.visits + k.waits
        from (
            select clinic_id, day, program, recorded_by, minutes, sum(waits)::integer as waits
            from changed
            group by 1, 2, 3, 4, 5
        ) as k
        where
            k.waits <> 0 and d.clinic_id = k.clinic_id and d.day = k.day and d.program = k.program
            and d.recorded_by = k.recorded_by and d.minutes = k.minutes
    ),

    came as (
        update checkpoints as d
        set came_at = last_came(d.clinic_id, d.enrollment_id)
        where (d.clinic_id, d.enrollment_id) in (select clinic_id, enrollment_id from corrected)
    )

    update visit_days as d
    set
        came = d.came + k.came, missed = d.missed + k.missed, earning = d.earning + k.earning,
        failing = d.failing + k.failing
    from (
        select
            clinic_id, day, program, target, recorded_by, sum(came)::integer as came, sum(missed)::integer as missed,
            sum(earning)::integer as earning, sum(failing)::integer as failing
        from changed
        group by 1, 2, 3, 4, 5
    ) as k
    where
        d.clinic_id = k.clinic_id and d.day = k.day and d.program = k.program and d.target = k.target
        and d.recorded_by = k.recorded_by;
    return null;
end
$function$;
revoke all on function corrections_count_by_day() from public;
grant execute on function corrections_count_by_day() to rewards_service;

create function days_paid(clinic uuid)
 returns setof paid_days
 language sql
 stable
 set search_path to 'pg_catalog', 'public', 'pg_temp'
begin atomic
 select t.clinic_id,
     t.day,
     t.unit,
     coalesce(n.program, '') as "coalesce",
     coalesce(t.funding, '') as "coalesce",
     (coalesce(sum(t.amount) filter (where (t.source = 'issued')), (0)::numeric))::bigint as "coalesce",
     (coalesce(sum(t.amount) filter (where (t.destination = 'issued')), (0)::numeric))::bigint as "coalesce"
    from (transfers t
      left join enrollments n on (((n.clinic_id = days_paid.clinic) and (n.enrollment_id = t.enrollment_id))))
   where ((t.clinic_id = days_paid.clinic) and (t.day is not null) and (t.cause <> 'opening'))
   group by t.clinic_id, t.day, t.unit, coalesce(n.program, ''), coalesce(t.funding, '');
end;
revoke all on function days_paid(clinic uuid) from public;
grant execute on function days_paid(clinic uuid) to rewards_service;

create function recount_days(clinic uuid)
 returns void
 language plpgsql
 set search_path to 'pg_catalog', 'public', 'pg_temp'
as $function$
begin
    lock table transfers, events, awards, corrections, checkpoints in share row exclusive mode;
    delete from paid_days where clinic_id = clinic;
    delete from paid_spans where clinic_id = clinic;
    delete from visit_days where clinic_id = clinic;
    delete from visit_waits where clinic_id = clinic;
    insert into paid_days select * from days_paid(clinic);
    insert into paid_spans select * from spans_paid(clinic);
    insert into visit_days select * from days_visited(clinic);
    insert into visit_waits select * from days_waited(clinic);
    update checkpoints as c set came_at = l.came_at
    from checkpoints as k
    left join last_comings(clinic) as l on l.enrollment_id = k.enrollment_id
    where
        k.clinic_id = clinic and c.clinic_id = k.clinic_id and c.enrollment_id = k.enrollment_id
        and c.came_at is distinct from l.came_at;
end
$function$;
revoke all on function recount_days(clinic uuid) from public;

create function comes_with_a_mark()
 returns trigger
 language plpgsql
 set search_path to 'pg_catalog', 'public', 'pg_temp'
as $function$
begin
    if new.mark is null then
        raise exception 'a way in comes with a mark' using
            errcode = 'check_violation', constraint = tg_table_name || '_marked', table = tg_table_name;
    end if;
    return new;
end
$function$;
revoke all on function comes_with_a_mark() from public;
grant execute on function comes_with_a_mark() to rewards_service;

create function clinic_is_here()
 returns trigger
 language plpgsql
as $function$
declare
    found public.clinic_moves;
begin
    select m.* into found from public.clinic_moves as m
    where m.clinic_id = current_setting('app.clinic', true)::uuid;
    if found.step is not null then
        raise exception 'the clinic is not served here' using
            errcode = 'check_violation', constraint = 'clinic_is_here', table = tg_table_name,
            detail = found.step || ' ' || found.place;
    end if;
    return null;
end
$function$;
revoke all on function clinic_is_here() from public;
grant execute on function clinic_is_here() to rewards_service;

create function let_tables_look()
 returns integer
 language plpgsql
 set search_path to 'pg_catalog', 'public', 'pg_temp'
as $function$
declare
    one record;
    given integer := 0;
begin
    for one in
        select c.oid, c.relname as name from pg_class as c
        where
            c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
            and exists (
                select from pg_attribute as a
                where a.attrelid = c.oid and a.attname = 'clinic_id' and not a.attisdropped
            )
            and not exists (
                select from pg_trigger as t where t.tgrelid = c.oid and t.tgname = c.relname || '_here'
            )
            and c.relname not in (
                'clinic_moves', 'events', 'checkpoints', 'awards', 'transfers', 'balances', 'notices', 'audit',
                'paid_days', 'paid_spans', 'visit_days', 'visit_waits'
            )
        order by c.relname
    loop
        execute format(
            'create trigger %I before insert or update or delete on %I for each statement '
            'execute function clinic_is_here()', one.name || '_here', one.name
        );
        given := given + 1;
    end loop;
    return given;
end
$function$;
revoke all on function let_tables_look() from public;

create function served_clinic_ids()
 returns setof uuid
 language sql
 stable security definer
 set search_path to 'pg_catalog', 'pg_temp'
begin atomic
 select c.clinic_id
    from clinics c
   where (not (exists ( select
            from clinic_moves m
           where (m.clinic_id = c.clinic_id))))
   order by c.clinic_id;
end;
revoke all on function served_clinic_ids() from public;
grant execute on function served_clinic_ids() to rewards_service;

create function provider_accounts_due(at_time timestamptz, rows_max integer)
 returns table(clinic_id uuid, provider_account_id uuid)
 language sql
 stable security definer
 set search_path to 'public', 'pg_temp'
begin atomic
 select a.clinic_id,
     a.provider_account_id
    from provider_accounts a
   where (a.active and (a.provider <> 'by_hand') and ((a.leased_until is null) or (a.leased_until <= provider_accounts_due.at_time)) and ((a.shut_until is null) or (a.shut_until <= provider_accounts_due.at_time)) and (not (exists ( select
            from clinic_moves m
           where (m.clinic_id = a.clinic_id)))) and ((a.due_at <= provider_accounts_due.at_time) or (exists ( select
            from provider_orders o
           where ((o.clinic_id = a.clinic_id) and (o.provider_account_id = a.provider_account_id) and (o.due_at <= provider_accounts_due.at_time))))))
   order by a.faults, a.call_at
  limit provider_accounts_due.rows_max;
end;
revoke all on function provider_accounts_due(at_time timestamptz, rows_max integer) from public;
grant execute on function provider_accounts_due(at_time timestamptz, rows_max integer) to rewards_service;

create function clinic_of_provider_account(asked uuid)
 returns uuid
 language sql
 stable security definer
 set search_path to 'public', 'pg_temp'
begin atomic
 select a.clinic_id
    from provider_accounts a
   where ((a.provider_account_id = clinic_of_provider_account.asked) and a.active);
end;
revoke all on function clinic_of_provider_account(asked uuid) from public;
grant execute on function clinic_of_provider_account(asked uuid) to rewards_service;

create function worth_unit(unit text)
 returns text
 language sql
 immutable parallel safe
return case when ((unit is null) or (unit in ('points', 'draw'))) then 'usd' else unit end;
revoke all on function worth_unit(unit text) from public;
grant execute on function worth_unit(unit text) to rewards_service;

create function span_of(day date)
 returns date
 language sql
 immutable parallel safe
return ('0001-01-01'::date + (((day - '0001-01-01'::date) / 56) * 56));
revoke all on function span_of(day date) from public;
grant execute on function span_of(day date) to rewards_service;

create function days_within(days bigint, span date, first_day date, last_day date)
 returns bigint
 language sql
 immutable parallel safe
return case when ((last_day < span) or (first_day > (span + 55))) then (0)::bigint else (days & ((((2)::bigint << least((last_day - span), 55)) - 1) & (~ (((1)::bigint << greatest((first_day - span), 0)) - 1)))) end;
revoke all on function days_within(days bigint, span date, first_day date, last_day date) from public;
grant execute on function days_within(days bigint, span date, first_day date, last_day date) to rewards_service;

create function spans_paid(clinic uuid)
 returns setof paid_spans
 language sql
 stable
 set search_path to 'pg_catalog', 'public', 'pg_temp'
begin atomic
 select t.clinic_id,
     span_of(t.day) as span_of,
     t.unit,
     coalesce(t.enrollment_id, t.participant_id) as "coalesce",
     coalesce(t.funding, '') as "coalesce",
     bit_or(((1)::bigint << (t.day - span_of(t.day)))) as bit_or
    from transfers t
   where ((t.clinic_id = spans_paid.clinic) and (t.day is not null) and (t.cause <> 'opening'))
   group by t.clinic_id, (span_of(t.day)), t.unit, coalesce(t.enrollment_id, t.participant_id), coalesce(t.funding, '');
end;
revoke all on function spans_paid(clinic uuid) from public;
grant execute on function spans_paid(clinic uuid) to rewards_service;

create function weeks_paid(clinic uuid)
 returns setof paid_weeks
 language sql
 stable
 set search_path to 'pg_catalog', 'public', 'pg_temp'
begin atomic
 select s.clinic_id,
     (s.span + (7 * k.place)),
     s.unit,
     s.account_id,
     s.funding,
     (((s.days >> (7 * k.place)) & (127)::bigint))::smallint as int2
    from (spans_paid(weeks_paid.clinic) s(clinic_id, span, unit, account_id, funding, days)
      cross join generate_series(0, 7) k(place))
   where (((s.days >> (7 * k.place)) & (127)::bigint) > 0);
end;
revoke all on function weeks_paid(clinic uuid) from public;
grant execute on function weeks_paid(clinic uuid) to rewards_service;

create function corrections_say_what_stands()
 returns trigger
 language plpgsql
 set search_path to 'pg_catalog', 'public', 'pg_temp'
as $function$
declare
    taken integer;
begin
    if new.about_id <> new.event_id then
        select fact_no into taken from corrections
        where clinic_id = new.clinic_id and correction_id = new.about_id;
        select c.stands, c.standing into new.stands, new.standing from corrections as c
        where c.clinic_id = new.clinic_id and c.event_id = new.event_id and c.fact_no < taken
        order by c.fact_no desc
        limit 1;
        if not found then
            select outcome, effect into new.stands, new.standing from events
            where clinic_id = new.clinic_id and event_id = new.event_id;
        end if;
    elsif new.kind = 'entry_error' then
        new.stands := null;
        new.standing := 'withdrawn';
    elsif new.kind = 'excuse' then
        new.stands := 'excused';
        new.standing := 'neutral';
    else
        new.stands := new.outcome;
        new.standing := case
            when new.outcome in ('negative', 'attended', 'completed', 'taken', 'verified') then 'success'
            when new.outcome in ('excused', 'pending', 'rescheduled', 'held_by_prescriber') then 'neutral'
            else 'failure'
        end;
    end if;
    return new;
end
$function$;
revoke all on function corrections_say_what_stands() from public;
grant execute on function corrections_say_what_stands() to rewards_service;

create function is_came(outcome text, is_expected boolean)
 returns boolean
 language sql
 immutable parallel safe
return ((not is_expected) and (outcome not in ('missed', 'absent', 'excused', 'rescheduled')));
revoke all on function is_came(outcome text, is_expected boolean) from public;
grant execute on function is_came(outcome text, is_expected boolean) to rewards_service;

create function is_missed(outcome text, is_expected boolean)
 returns boolean
 language sql
 immutable parallel safe
return (is_expected or (outcome in ('missed', 'absent')));
revoke all on function is_missed(outcome text, is_expected boolean) from public;
grant execute on function is_missed(outcome text, is_expected boolean) to rewards_service;

create function event_counts(clinic uuid, event uuid, before integer)
 returns table(day date, program text, target text, recorded_by uuid, minutes integer, came integer, missed integer, earning integer, failing integer, waits integer)
 language sql
 stable
 set search_path to 'pg_catalog', 'public', 'pg_temp'
begin atomic
 select ((e.occurred_at at time zone z.zone))::date as timezone,
     n.program,
     e.target,
     e.recorded_by,
     wait_step((e.recorded_at - e.occurred_at)) as wait_step,
     (k.came)::integer as came,
     (k.missed)::integer as missed,
     ((k.came and (k.effect = 'success')))::integer as int4,
     ((k.came and (k.effect = 'failure')))::integer as int4,
     ((k.came and is_came(e.outcome, (e.expected_on is not null))))::integer as int4
    from ((((events e
      join clinics z on ((z.clinic_id = event_counts.clinic)))
      join enrollments n on (((n.clinic_id = event_counts.clinic) and (n.enrollment_id = e.enrollment_id))))
      left join lateral ( select c.stands,
             c.standing
            from corrections c
           where ((c.clinic_id = event_counts.clinic) and (c.event_id = e.event_id) and (c.fact_no < event_counts.before))
           order by c.fact_no desc
          limit 1) l on (true))
      cross join lateral ( select coalesce(l.standing, e.effect) as effect,
             ((coalesce(l.standing, '') <> 'withdrawn') and is_came(coalesce(l.stands, e.outcome), ((e.expected_on is not null) and (coalesce(l.stands, e.outcome) = e.outcome)))) as came,
             ((coalesce(l.standing, '') <> 'withdrawn') and is_missed(coalesce(l.stands, e.outcome), ((e.expected_on is not null) and (coalesce(l.stands, e.outcome) = e.outcome)))) as missed) k)
   where ((e.clinic_id = event_counts.clinic) and (e.event_id = event_counts.event));
end;
revoke all on function event_counts(clinic uuid, event uuid, before integer) from public;
grant execute on function event_counts(clinic uuid, event uuid, before integer) to rewards_service;

create function last_came(clinic uuid, enrollment uuid)
 returns timestamptz
 language sql
 stable
 set search_path to 'pg_catalog', 'public', 'pg_temp'
begin atomic
 select max(e.occurred_at) as max
    from (events e
      left join lateral ( select c.stands,
             c.standing
            from corrections c
           where ((c.clinic_id = last_came.clinic) and (c.event_id = e.event_id))
           order by c.fact_no desc
          limit 1) l on (true))
   where ((e.clinic_id = last_came.clinic) and (e.enrollment_id = last_came.enrollment) and (coalesce(l.standing, '') <> 'withdrawn') and is_came(coalesce(l.stands, e.outcome), ((e.expected_on is not null) and (coalesce(l.stands, e.outcome) = e.outcome))));
end;
revoke all on function last_came(clinic uuid, enrollment uuid) from public;
grant execute on function last_came(clinic uuid, enrollment uuid) to rewards_service;

create function events_counted(clinic uuid)
 returns table(enrollment_id uuid, occurred_at timestamptz, day date, program text, target text, recorded_by uuid, minutes integer, came boolean, missed boolean, effect text, waits boolean)
 language sql
 stable
 set search_path to 'pg_catalog', 'public', 'pg_temp'
begin atomic
 with last as materialized (
          select distinct on (c.event_id) c.event_id,
             c.stands,
             c.standing
            from corrections c
           where (c.clinic_id = events_counted.clinic)
           order by c.event_id, c.fact_no desc
         )
  select e.enrollment_id,
     e.occurred_at,
     ((e.occurred_at at time zone z.zone))::date as timezone,
     n.program,
     e.target,
     e.recorded_by,
     wait_step((e.recorded_at - e.occurred_at)) as wait_step,
     k.came,
     k.missed,
     coalesce(l.standing, e.effect) as "coalesce",
     (k.came and is_came(e.outcome, (e.expected_on is not null)))
    from ((((events e
      join clinics z on ((z.clinic_id = events_counted.clinic)))
      join enrollments n on (((n.clinic_id = events_counted.clinic) and (n.enrollment_id = e.enrollment_id))))
      left join last l on ((l.event_id = e.event_id)))
      cross join lateral ( select ((coalesce(l.standing, '') <> 'withdrawn') and is_came(o.outcome, o.is_expected)) as came,
             ((coalesce(l.standing, '') <> 'withdrawn') and is_missed(o.outcome, o.is_expected)) as missed
            from ( select coalesce(l.stands, e.outcome) as outcome,
                     ((e.expected_on is not null) and (coalesce(l.stands, e.outcome) = e.outcome)) as is_expected) o) k)
   where (e.clinic_id = events_counted.clinic);
end;
revoke all on function events_counted(clinic uuid) from public;
grant execute on function events_counted(clinic uuid) to rewards_service;

create function days_visited(clinic uuid)
 returns setof visit_days
 language sql
 stable
 set search_path to 'pg_catalog', 'public', 'pg_temp'
begin atomic
 select days_visited.clinic as clinic,
     k.day,
     k.program,
     (sum(k.came))::integer as sum,
     (sum(k.missed))::integer as sum,
     (sum(k.earning))::integer as sum,
     (sum(k.failing))::integer as sum,
     (sum(k.resets))::integer as sum,
     (sum(k.recoveries))::integer as sum,
     k.target,
     k.recorded_by
    from ( select e.day,
             e.program,
             e.target,
             e.recorded_by,
             (e.came)::integer as came,
             (e.missed)::integer as missed,
             ((e.came and (e.effect = 'success')))::integer as earning,
             ((e.came and (e.effect = 'failure')))::integer as failing,
             0 as resets,
             0 as recoveries
            from events_counted(days_visited.clinic) e(enrollment_id, occurred_at, day, program, target, recorded_by, minutes, came, missed, effect, waits)
         union all
          select ((a.posted_at at time zone c.zone))::date as timezone,
             n.program,
             e.target,
             e.recorded_by,
             0,
             0,
             0,
             0,
             ((position(('\x22726573657422'::bytea) in (a.why)) > 0))::integer as int4,
             ((position(('\x227265636f766572656422'::bytea) in (a.why)) > 0))::integer as int4
            from (((awards a
              join clinics c on ((c.clinic_id = days_visited.clinic)))
              join enrollments n on (((n.clinic_id = days_visited.clinic) and (n.enrollment_id = a.enrollment_id))))
              join events e on (((e.clinic_id = days_visited.clinic) and (e.event_id = a.event_id))))
           where ((a.clinic_id = days_visited.clinic) and (a.kind = 'base') and ((position(('\x22726573657422'::bytea) in (a.why)) > 0) or (position(('\x227265636f766572656422'::bytea) in (a.why)) > 0)))) k
   group by k.day, k.program, k.target, k.recorded_by;
end;
revoke all on function days_visited(clinic uuid) from public;
grant execute on function days_visited(clinic uuid) to rewards_service;

create function days_waited(clinic uuid)
 returns setof visit_waits
 language sql
 stable
 set search_path to 'pg_catalog', 'public', 'pg_temp'
begin atomic
 select days_waited.clinic as clinic,
     e.day,
     e.program,
     e.minutes,
     (count(*))::integer as count,
     e.recorded_by
    from events_counted(days_waited.clinic) e(enrollment_id, occurred_at, day, program, target, recorded_by, minutes, came, missed, effect, waits)
   where e.waits
   group by e.day, e.program, e.minutes, e.recorded_by;
end;
revoke all on function days_waited(clinic uuid) from public;
grant execute on function days_waited(clinic uuid) to rewards_service;

create function last_comings(clinic uuid)
 returns table(enrollment_id uuid, came_at timestamptz)
 language sql
 stable
 set search_path to 'pg_catalog', 'public', 'pg_temp'
begin atomic
 select e.enrollment_id,
     max(e.occurred_at) as max
    from events_counted(last_comings.clinic) e(enrollment_id, occurred_at, day, program, target, recorded_by, minutes, came, missed, effect, waits)
   where e.came
   group by e.enrollment_id;
end;
revoke all on function last_comings(clinic uuid) from public;
grant execute on function last_comings(clinic uuid) to rewards_service;

create function checkpoints_say_who_came()
 returns trigger
 language plpgsql
 set search_path to 'pg_catalog', 'public', 'pg_temp'
as $function$
declare
    came timestamptz := last_came(new.clinic_id, new.enrollment_id);
begin
    update checkpoints as c set came_at = came
    where c.clinic_id = new.clinic_id and c.enrollment_id = new.enrollment_id and c.came_at is distinct from came;
    return null;
end
$function$;
revoke all on function checkpoints_say_who_came() from public;
grant execute on function checkpoints_say_who_came() to rewards_service;

create trigger clinics_checks_for_good before update of index_check, audit_check on clinics for each row execute function set_for_good('index_check', 'audit_check');
create trigger clinics_here before insert or delete or update on clinics for each statement execute function clinic_is_here();
create trigger keys_end_for_good before update of revoked_at on keys for each row execute function set_for_good('revoked_at');
create trigger keys_here before insert or delete or update on keys for each statement execute function clinic_is_here();
create trigger keys_mark_for_good before update of mark on keys for each row execute function set_for_good('mark');
create trigger keys_marked before insert on keys for each row execute function comes_with_a_mark();
create trigger participants_here before insert or delete or update on participants for each statement execute function clinic_is_here();
create trigger programs_here before insert or delete or update on programs for each statement execute function clinic_is_here();
create trigger enrollments_here before insert or delete or update on enrollments for each statement execute function clinic_is_here();
create constraint trigger checkpoints_say_who_came_first after insert on checkpoints deferrable initially deferred for each row when (new.came_at is null) execute function checkpoints_say_who_came();
create constraint trigger checkpoints_say_who_came_since after update on checkpoints deferrable initially deferred for each row when (new.facts > old.facts and not new.came_at is distinct from old.came_at) execute function checkpoints_say_who_came();
create trigger events_count_by_day after insert on events referencing new table as added for each statement execute function events_count_by_day();
create trigger awards_count_by_day after insert on awards referencing new table as added for each statement execute function awards_count_by_day();
create trigger transfers_count_by_day after insert on transfers referencing new table as added for each statement execute function transfers_count_by_day();
create trigger rewards_here before insert or delete or update on rewards for each statement execute function clinic_is_here();
create trigger stock_changes_here before insert or delete or update on stock_changes for each statement execute function clinic_is_here();
create trigger redemptions_here before insert or delete or update on redemptions for each statement execute function clinic_is_here();
create trigger reward_codes_here before insert or delete or update on reward_codes for each statement execute function clinic_is_here();
create trigger idempotency_here before insert or delete or update on idempotency for each statement execute function clinic_is_here();
create trigger audit_heads_here before insert or delete or update on audit_heads for each statement execute function clinic_is_here();
create trigger corrections_count_by_day after insert on corrections referencing new table as added for each statement execute function corrections_count_by_day();
create trigger corrections_here before insert or delete or update on corrections for each statement execute function clinic_is_here();
create trigger corrections_say_what_stands before insert on corrections for each row when (new.standing is null) execute function corrections_say_what_stands();
create trigger enrollment_moves_here before insert or delete or update on enrollment_moves for each statement execute function clinic_is_here();
create trigger caps_here before insert or delete or update on caps for each statement execute function clinic_is_here();
create trigger cap_totals_here before insert or delete or update on cap_totals for each statement execute function clinic_is_here();
create trigger cap_warnings_here before insert or delete or update on cap_warnings for each statement execute function clinic_is_here();
create trigger tax_thresholds_here before insert or delete or update on tax_thresholds for each statement execute function clinic_is_here();
create trigger seeds_here before insert or delete or update on seeds for each statement execute function clinic_is_here();
create trigger draws_here before insert or delete or update on draws for each statement execute function clinic_is_here();
create trigger prizes_here before insert or delete or update on prizes for each statement execute function clinic_is_here();
create trigger hats_here before insert or delete or update on hats for each statement execute function clinic_is_here();
create trigger hat_people_here before insert or delete or update on hat_people for each statement execute function clinic_is_here();
create trigger closures_here before insert or delete or update on closures for each statement execute function clinic_is_here();
create trigger visit_checks_here before insert or delete or update on visit_checks for each statement execute function clinic_is_here();
create trigger manual_awards_by_two_persons after insert or update on manual_awards for each row execute function proposals_by_another_person('settled_by', 'proposed_by');
create trigger manual_awards_here before insert or delete or update on manual_awards for each statement execute function clinic_is_here();
create trigger write_offs_by_two_persons after insert or update on write_offs for each row execute function proposals_by_another_person('settled_by', 'proposed_by');
create trigger write_offs_here before insert or delete or update on write_offs for each statement execute function clinic_is_here();
create trigger subscribers_here before insert or delete or update on subscribers for each statement execute function clinic_is_here();
create trigger subscriber_heads_here before insert or delete or update on subscriber_heads for each statement execute function clinic_is_here();
create trigger deliveries_here before insert or delete or update on deliveries for each statement execute function clinic_is_here();
create trigger attempts_here before insert or delete or update on attempts for each statement execute function clinic_is_here();
create trigger retries_here before insert or delete or update on retries for each statement execute function clinic_is_here();
create trigger consents_here before insert or delete or update on consents for each statement execute function clinic_is_here();
create trigger disclosures_here before insert or delete or update on disclosures for each statement execute function clinic_is_here();
create trigger sources_here before insert or delete or update on sources for each statement execute function clinic_is_here();
create trigger inbound_messages_here before insert or delete or update on inbound_messages for each statement execute function clinic_is_here();
create trigger staff_here before insert or delete or update on staff for each statement execute function clinic_is_here();
create trigger staff_known_to_adds_a_reader after insert or update of known_to on staff for each row execute function known_to_adds_a_reader();
create trigger sessions_end_for_good before update of revoked_at on sessions for each row execute function set_for_good('revoked_at');
create trigger sessions_here before insert or delete or update on sessions for each statement execute function clinic_is_here();
create trigger rescue_codes_here before insert or delete or update on rescue_codes for each statement execute function clinic_is_here();
create trigger sign_in_codes_end_for_good before update of used_at, retired_at on sign_in_codes for each row execute function set_for_good('used_at', 'retired_at');
create trigger sign_in_codes_here before insert or delete or update on sign_in_codes for each statement execute function clinic_is_here();
create trigger sign_in_codes_marked before insert on sign_in_codes for each row execute function comes_with_a_mark();
create trigger sign_in_tries_here before insert or delete or update on sign_in_tries for each statement execute function clinic_is_here();
create trigger pins_here before insert or delete or update on pins for each statement execute function clinic_is_here();
create trigger passkeys_here before insert or delete or update on passkeys for each statement execute function clinic_is_here();
create trigger messages_out_here before insert or delete or update on messages_out for each statement execute function clinic_is_here();
create trigger imports_here before insert or delete or update on imports for each statement execute function clinic_is_here();
create trigger identifiers_here before insert or delete or update on identifiers for each statement execute function clinic_is_here();
create trigger merges_here before insert or delete or update on merges for each statement execute function clinic_is_here();
create trigger unmerges_by_two_persons after insert or update on unmerges for each row execute function proposals_by_another_person('undone_by', 'merged_by');
create trigger unmerges_here before insert or delete or update on unmerges for each statement execute function clinic_is_here();
create trigger second_person_limits_here before insert or delete or update on second_person_limits for each statement execute function clinic_is_here();
create trigger redemption_changes_by_two_persons after insert or update on redemption_changes for each row execute function proposals_by_another_person('settled_by', 'proposed_by');
create trigger redemption_changes_here before insert or delete or update on redemption_changes for each statement execute function clinic_is_here();
create trigger void_codes_here before insert or delete or update on void_codes for each statement execute function clinic_is_here();
create trigger openings_by_two_persons after insert or update on openings for each row execute function proposals_by_another_person('settled_by', 'proposed_by');
create trigger openings_here before insert or delete or update on openings for each statement execute function clinic_is_here();
create trigger openings_withdrawn_by_two_persons after insert or update on openings for each row execute function proposals_by_another_person('withdrawn_by', 'proposed_by');
create trigger import_lines_here before insert or delete or update on import_lines for each statement execute function clinic_is_here();
create trigger event_additions_here before insert or delete or update on event_additions for each statement execute function clinic_is_here();
create trigger points_worth_here before insert or delete or update on points_worth for each statement execute function clinic_is_here();
create trigger gifts_here before insert or delete or update on gifts for each statement execute function clinic_is_here();
create trigger told_apart_here before insert or delete or update on told_apart for each statement execute function clinic_is_here();
create trigger departures_here before insert or delete or update on departures for each statement execute function clinic_is_here();
create trigger invitations_end_for_good before update of used_at, retired_at on invitations for each row execute function set_for_good('used_at', 'retired_at');
create trigger invitations_here before insert or delete or update on invitations for each statement execute function clinic_is_here();
create trigger invitations_marked before insert on invitations for each row execute function comes_with_a_mark();
create trigger audit_checkpoints_here before insert or delete or update on audit_checkpoints for each statement execute function clinic_is_here();
create trigger releases_here before insert or delete or update on releases for each statement execute function clinic_is_here();
create trigger restrictions_here before insert or delete or update on restrictions for each statement execute function clinic_is_here();
create trigger emergencies_by_two_persons after insert or update on emergencies for each row execute function settled_by_another_person('reviewed_by', 'opened_by');
create trigger emergencies_here before insert or delete or update on emergencies for each statement execute function clinic_is_here();
create trigger erasures_by_two_persons after insert or update on erasures for each row execute function settled_by_another_person('settled_by', 'proposed_by');
create trigger erasures_here before insert or delete or update on erasures for each statement execute function clinic_is_here();
create trigger second_person_rules_here before insert or delete or update on second_person_rules for each statement execute function clinic_is_here();
create trigger second_looks_here before insert or delete or update on second_looks for each statement execute function clinic_is_here();
create trigger denials_here before insert or delete or update on denials for each statement execute function clinic_is_here();
create trigger readers_here before insert or delete or update on readers for each statement execute function clinic_is_here();
create trigger new_addresses_here before insert or delete or update on new_addresses for each statement execute function clinic_is_here();
create trigger new_addresses_settled_for_good before update of is_theirs, settled_at on new_addresses for each row execute function set_for_good('is_theirs', 'settled_at');
create trigger inbound_effects_here before insert or delete or update on inbound_effects for each statement execute function clinic_is_here();
create trigger audit_keyings_here before insert or delete or update on audit_keyings for each statement execute function clinic_is_here();
create trigger planned_visits_here before insert or delete or update on planned_visits for each statement execute function clinic_is_here();
create trigger provider_accounts_here before insert or delete or update on provider_accounts for each statement execute function clinic_is_here();
create trigger provider_products_here before insert or delete or update on provider_products for each statement execute function clinic_is_here();
create trigger provider_orders_here before insert or delete or update on provider_orders for each statement execute function clinic_is_here();
create trigger provider_differences_here before insert or delete or update on provider_differences for each statement execute function clinic_is_here();
create trigger groups_here before insert or delete or update on groups for each statement execute function clinic_is_here();
create trigger group_members_here before insert or delete or update on group_members for each statement execute function clinic_is_here();
create trigger drafts_here before insert or delete or update on drafts for each statement execute function clinic_is_here();
create trigger calendar_feeds_here before insert or delete or update on calendar_feeds for each statement execute function clinic_is_here();
create trigger staff_passkeys_end_for_good before update of removed_at, removed_by, mark on staff_passkeys for each row execute function set_for_good('removed_at', 'removed_by', 'mark');
create trigger staff_passkeys_here before insert or delete or update on staff_passkeys for each statement execute function clinic_is_here();
create trigger staff_passkeys_marked before insert on staff_passkeys for each row execute function comes_with_a_mark();
create trigger reminder_settings_here before insert or delete or update on reminder_settings for each statement execute function clinic_is_here();
create trigger reminder_leaves_here before insert or delete or update on reminder_leaves for each statement execute function clinic_is_here();
create trigger reminders_here before insert or delete or update on reminders for each statement execute function clinic_is_here();
create trigger submission_settings_here before insert or delete or update on submission_settings for each statement execute function clinic_is_here();
create trigger submissions_here before insert or delete or update on submissions for each statement execute function clinic_is_here();
create trigger budgets_here before insert or delete or update on budgets for each statement execute function clinic_is_here();
create trigger budget_warnings_here before insert or delete or update on budget_warnings for each statement execute function clinic_is_here();
create trigger drawn_days_here before insert or delete or update on drawn_days for each statement execute function clinic_is_here();
create trigger fhir_exports_here before insert or delete or update on fhir_exports for each statement execute function clinic_is_here();
create trigger fhir_export_files_here before insert or delete or update on fhir_export_files for each statement execute function clinic_is_here();
create trigger smart_clients_here before insert or delete or update on smart_clients for each statement execute function clinic_is_here();
create trigger smart_tokens_here before insert or delete or update on smart_tokens for each statement execute function clinic_is_here();
create trigger smart_assertions_here before insert or delete or update on smart_assertions for each statement execute function clinic_is_here();
create trigger source_pulls_here before insert or delete or update on source_pulls for each statement execute function clinic_is_here();
create trigger saved_reports_here before insert or delete or update on saved_reports for each statement execute function clinic_is_here();
create trigger report_mails_here before insert or delete or update on report_mails for each statement execute function clinic_is_here();
create trigger billing_rules_here before insert or delete or update on billing_rules for each statement execute function clinic_is_here();
create trigger screening_questions_here before insert or delete or update on screening_questions for each statement execute function clinic_is_here();
create trigger screenings_here before insert or delete or update on screenings for each statement execute function clinic_is_here();
create trigger guardian_rules_here before insert or delete or update on guardian_rules for each statement execute function clinic_is_here();
create trigger guardian_consents_here before insert or delete or update on guardian_consents for each statement execute function clinic_is_here();
create trigger brand_rules_here before insert or delete or update on brand_rules for each statement execute function clinic_is_here();
