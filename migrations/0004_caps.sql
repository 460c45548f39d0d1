-- Caps of a clinic or a funder, dated, over all programs; what counts for them; and the tax thresholds.

create table caps (
    clinic_id uuid not null,
    cap_id uuid not null,
    per text not null,
    unit text not null,
    amount bigint not null,
    -- The funding source that it looks at; null looks at everything that the clinic pays, whoever funds it.
    funding text,
    starts_on date not null,
    -- Set once: a cap that ended stays as it was.
    ends_on date,
    reason bytea not null,
    created_at timestamptz not null,
    created_by uuid not null,
    constraint caps_key primary key (clinic_id, cap_id),
    constraint caps_clinic_exists foreign key (clinic_id) references clinics (clinic_id),
    constraint caps_per_is_known check (per in ('event', 'day', 'week', 'month', 'year', 'enrollment')),
    constraint caps_unit_is_known check (unit in ('usd', 'points', 'draw')),
    constraint caps_amount_not_negative check (amount >= 0)
);

-- What a participant was credited, less what was taken back, in each period that a cap counts: made from the
-- transfers when the participant first meets the cap, and then kept in the same transaction as the transfers.
create table cap_totals (
    clinic_id uuid not null,
    participant_id uuid not null,
    cap_id uuid not null,
    -- '2026', '2026-03', '2026-W10', '2026-03-02', or the enrollment or event that it is about.
    period text not null,
    amount bigint not null,
    constraint cap_totals_key primary key (clinic_id, participant_id, cap_id, period),
    constraint cap_totals_amount_not_negative check (amount >= 0)
) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.05);

-- That a participant came to 80 or 100 percent of a cap in a period, the first time.
create table cap_warnings (
    clinic_id uuid not null,
    cap_id uuid not null,
    participant_id uuid not null,
    period text not null,
    percent smallint not null,
    -- Known by an id too, so that a list of them has an order that does not change.
    warning_id uuid not null,
    reached_at timestamptz not null,
    constraint cap_warnings_key primary key (clinic_id, cap_id, participant_id, period, percent),
    constraint cap_warnings_in_order unique (clinic_id, cap_id, warning_id),
    constraint cap_warnings_percent_is_known check (percent in (80, 100))
);

-- What was due by the rules and was kept back by such a cap: settled, and not owed. It is never negative in all
-- for one slot; an adjustment takes back what a later fact no longer makes due.
alter table awards add column withheld bigint not null default 0;
alter table awards add constraint awards_only_adjustments_give_up_withheld
check (withheld >= 0 or kind = 'adjustment');

-- From which calendar year on how much counts as income to be reported. The newest row of a year holds.
create table tax_thresholds (
    clinic_id uuid not null,
    from_year smallint not null,
    tax_threshold_id uuid not null,
    unit text not null,
    amount bigint not null,
    created_at timestamptz not null,
    created_by uuid not null,
    constraint tax_thresholds_key primary key (clinic_id, from_year, tax_threshold_id),
    constraint tax_thresholds_clinic_exists foreign key (clinic_id) references clinics (clinic_id),
    constraint tax_thresholds_are_in_money check (unit = 'usd'),
    constraint tax_thresholds_amount_not_negative check (amount >= 0)
);

-- Reports to the tax office begin at $600, and at $2,000 for payments from 2026 on.
insert into tax_thresholds (clinic_id, from_year, tax_threshold_id, unit, amount, created_at, created_by)
select c.clinic_id, first.from_year, gen_random_uuid(), 'usd', first.amount, c.created_at, c.clinic_id
from clinics as c
cross join (values (1901::smallint, 60000::bigint), (2026::smallint, 200000::bigint)) as first (from_year, amount);

do $$
declare
    clinic_table text;
begin
    foreach clinic_table in array array['caps', 'cap_totals', 'cap_warnings', 'tax_thresholds'] loop
        execute format('alter table %I enable row level security', clinic_table);
        -- The setting is read once a statement, not once a row.
        execute format(
            'create policy %I on %I using (clinic_id = (select current_setting(''app.clinic'')::uuid))',
            clinic_table || '_own_clinic', clinic_table
        );
    end loop;
end
$$;

grant select, insert on caps, cap_warnings, tax_thresholds to rewards_service;
grant update (ends_on) on caps to rewards_service;
grant select, insert, update on cap_totals to rewards_service;
