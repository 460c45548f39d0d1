-- Runs under releases that know 0066_moved_alone.sql.
--
-- By which codes events of a target are billed from a day on. Rules are only added: of those for one target and outcome the
-- latest day before the event's counts, and of one day the newest. Service lines are worked out from them and the events.
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
    constraint billing_rules_clinic_exists foreign key (clinic_id) references clinics (clinic_id),
    -- A result alone is no service.
    constraint billing_rules_result_of_procedure check (result_code is null or procedure_code is not null)
);
alter table billing_rules enable row level security;
alter table billing_rules force row level security;
create policy billing_rules_own_clinic on billing_rules
using (clinic_id = (select current_setting('app.clinic')::uuid));
grant select, insert on billing_rules to rewards_service;
