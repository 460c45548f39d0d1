-- Runs under releases that know 0066_moved_alone.sql.
--
-- Which brands and categories of what providers deliver may be given: only added, the newest of the clinic and of each
-- program holds. Without any, all that the clinic allows of a catalog may.
create table brand_rules (
    clinic_id uuid not null,
    brand_rule_id uuid not null,
    program text,
    categories text[],
    brands text[],
    set_at timestamptz not null,
    set_by uuid not null,
    constraint brand_rules_key primary key (clinic_id, brand_rule_id),
    constraint brand_rules_clinic_exists foreign key (clinic_id) references clinics (clinic_id)
);
alter table brand_rules enable row level security;
alter table brand_rules force row level security;
create policy brand_rules_own_clinic on brand_rules
using (clinic_id = (select current_setting('app.clinic')::uuid));
grant select, insert on brand_rules to rewards_service;
