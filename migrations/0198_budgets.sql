-- Runs under releases that know 0066_moved_alone.sql.
--
-- Budgets: what there is to spend on one program's people, or on everybody's, out of one funder's money or the clinic's own.
-- What was spent is in the days' totals (`paid_days`), so a budget holds no sum of its own that could differ from them.
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
    constraint budgets_clinic_exists foreign key (clinic_id) references clinics (clinic_id),
    constraint budgets_amount_positive check (amount > 0),
    -- Draws are worth what they win; what is won is money or points.
    constraint budgets_of_no_draws check (unit <> 'draw'),
    constraint budgets_end_after_start check (ends_on >= starts_on),
    constraint budgets_warn_within check (warn_percent between 1 and 100)
);
alter table budgets enable row level security;
alter table budgets force row level security;
create policy budgets_own_clinic on budgets
using (clinic_id = (select current_setting('app.clinic')::uuid));
grant select, insert on budgets to rewards_service;
grant update (amount, ends_on, warn_percent, reason, revision) on budgets to rewards_service;

-- What was told of a budget: once for each amount that it had, and for each part of it.
create table budget_warnings (
    clinic_id uuid not null,
    budget_id uuid not null,
    amount bigint not null,
    percent smallint not null,
    spent bigint not null,
    reached_at timestamptz not null,
    constraint budget_warnings_key primary key (clinic_id, budget_id, amount, percent),
    constraint budget_warnings_budget_exists foreign key (clinic_id, budget_id) references budgets (clinic_id, budget_id),
    constraint budget_warnings_percent_within check (percent between 1 and 100)
);
alter table budget_warnings enable row level security;
alter table budget_warnings force row level security;
create policy budget_warnings_own_clinic on budget_warnings
using (clinic_id = (select current_setting('app.clinic')::uuid));
grant select, insert on budget_warnings to rewards_service;
