-- What was handed over and is lost, used or void: replaced by another code or piece, or taken back with its price
-- returned. Neither is income. And openings: what somebody brings along from another system.

-- How much a member of staff may replace or take back alone, in minor units of a unit. Rows are only added; the newest
-- of a unit holds.
create table second_person_limits (
    clinic_id uuid not null,
    second_person_limit_id uuid not null,
    unit text not null,
    amount bigint not null,
    set_at timestamptz not null,
    set_by uuid not null,
    constraint second_person_limits_key primary key (clinic_id, unit, second_person_limit_id),
    constraint second_person_limits_clinic_exists foreign key (clinic_id) references clinics (clinic_id),
    constraint second_person_limits_unit_is_known check (unit in ('usd', 'points', 'draw')),
    constraint second_person_limits_amount_not_negative check (amount >= 0)
);

-- A change of a given redemption. What was asked for stands as it was written; only how it was settled is written
-- afterwards, once, and the service may change no other column.
create table redemption_changes (
    clinic_id uuid not null,
    redemption_change_id uuid not null,
    redemption_id uuid not null,
    kind text not null,
    reason bytea not null,
    -- How many pieces it is about, and which codes become void; none where it is about an item.
    quantity integer not null,
    code_ids uuid [] not null,
    -- Whether the pieces of an item that is taken back go back on the shelf.
    restocked boolean not null,
    -- What these pieces cost, and what all replaced pieces of the redemption cost with them: the limit looks at that.
    unit text not null,
    amount bigint not null,
    counted bigint not null,
    alone_max bigint not null,
    -- Done by one person at once, inside the limit of that moment.
    alone boolean not null,
    -- Who had handed it over, and when: a redemption that is taken back names who took it back.
    given_at timestamptz not null,
    given_by uuid not null,
    status text not null default 'proposed',
    proposed_at timestamptz not null,
    proposed_by uuid not null,
    settled_at timestamptz,
    settled_by uuid,
    refusal bytea,
    constraint redemption_changes_key primary key (clinic_id, redemption_change_id),
    constraint redemption_changes_redemption_exists foreign key (clinic_id, redemption_id)
    references redemptions (clinic_id, redemption_id),
    constraint redemption_changes_kind_is_known check (kind in ('replacement', 'take_back')),
    constraint redemption_changes_quantity_is_positive check (quantity > 0),
    constraint redemption_changes_each_code_is_a_piece check (cardinality(code_ids) in (0, quantity)),
    constraint redemption_changes_only_restock_what_comes_back check (not restocked or kind = 'take_back'),
    constraint redemption_changes_restock_no_codes check (not restocked or cardinality(code_ids) = 0),
    constraint redemption_changes_unit_is_known check (unit in ('usd', 'points', 'draw')),
    constraint redemption_changes_amount_is_positive check (amount > 0),
    constraint redemption_changes_count_themselves check (counted >= amount),
    -- One person is enough up to the limit and never above it.
    constraint redemption_changes_alone_up_to_the_limit check (not alone or counted <= alone_max),
    constraint redemption_changes_alone_at_once check (not alone or status = 'approved'),
    constraint redemption_changes_status_is_known check (status in ('proposed', 'approved', 'refused')),
    constraint redemption_changes_settled_by_somebody
    check (
        (status = 'proposed') = (settled_at is null) and (settled_at is null) = (settled_by is null)
    ),
    constraint redemption_changes_settled_by_another_person check ((settled_by = proposed_by) = alone),
    constraint redemption_changes_only_refused_with_a_refusal check (refusal is null or status = 'refused')
);
create index redemption_changes_by_redemption on redemption_changes (
    clinic_id, redemption_id, redemption_change_id
);
create index redemption_changes_by_status on redemption_changes (clinic_id, status, redemption_change_id);
-- Two that wait for one redemption could both be approved.
create unique index redemption_changes_one_waits on redemption_changes (clinic_id, redemption_id)
where status = 'proposed';
-- The price is returned once.
create unique index redemption_changes_taken_back_once on redemption_changes (clinic_id, redemption_id)
where kind = 'take_back' and status = 'approved';

-- Codes that are worth nothing any more. They stay with their redemption, and each becomes void once.
create table void_codes (
    clinic_id uuid not null,
    reward_id uuid not null,
    code_id uuid not null,
    redemption_change_id uuid not null,
    voided_at timestamptz not null,
    constraint void_codes_key primary key (clinic_id, reward_id, code_id),
    constraint void_codes_code_exists foreign key (clinic_id, reward_id, code_id)
    references reward_codes (clinic_id, reward_id, code_id),
    constraint void_codes_change_exists foreign key (clinic_id, redemption_change_id)
    references redemption_changes (clinic_id, redemption_change_id)
);
create index void_codes_by_change on void_codes (clinic_id, redemption_change_id);

-- Another piece leaves the stock, or a broken one does not come back to it, by a change of a redemption.
alter table stock_changes add column redemption_change_id uuid;
alter table stock_changes add constraint stock_changes_redemption_change_exists
foreign key (clinic_id, redemption_change_id) references redemption_changes (clinic_id, redemption_change_id);
alter table stock_changes drop constraint stock_changes_fewer_by_a_write_off;
alter table stock_changes add constraint stock_changes_fewer_by_a_write_off
check (
    (change < 0 and not taken_alone) = (write_off_id is not null or redemption_change_id is not null)
);
alter table stock_changes add constraint stock_changes_by_one_thing
check (write_off_id is null or redemption_change_id is null);
create unique index stock_changes_redemption_change_is_unique on stock_changes (clinic_id, redemption_change_id)
where redemption_change_id is not null;

-- An opening: what somebody could spend in another system, and what they had been paid there, on a day. Proposed by
-- one person and approved by another; withdrawn, where it was wrong, by transfers the other way.
create table openings (
    clinic_id uuid not null,
    opening_id uuid not null,
    participant_id uuid not null,
    unit text not null,
    available bigint not null,
    paid_before bigint not null,
    -- The part of it that was paid in the calendar year of `as_of`: the rest counts for no cap and no year.
    paid_in_year bigint not null,
    as_of date not null,
    reason bytea not null,
    -- Who pays: a funding source, or the clinic itself.
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
    -- What had been spent when it was withdrawn: it stays with the participant.
    unrecovered bigint,
    constraint openings_key primary key (clinic_id, opening_id),
    constraint openings_participant_exists foreign key (clinic_id, participant_id)
    references participants (clinic_id, participant_id),
    constraint openings_enrollment_exists foreign key (clinic_id, enrollment_id)
    references enrollments (clinic_id, enrollment_id),
    constraint openings_unit_is_known check (unit in ('usd', 'points', 'draw')),
    constraint openings_amounts_are_bounded
    check (available between 0 and 10000000 and paid_before between 0 and 10000000),
    constraint openings_bring_something check (available > 0 or paid_before > 0),
    constraint openings_part_of_a_year check (paid_in_year between 0 and paid_before),
    constraint openings_day_is_near check (as_of between '1900-01-01' and '2200-12-31'),
    -- Draws are drawn from the bowl of an enrollment; those drawn elsewhere were no draws of it.
    constraint openings_draws_have_an_enrollment
    check (unit <> 'draw' or (enrollment_id is not null and paid_before = 0)),
    constraint openings_status_is_known check (status in ('proposed', 'approved', 'refused', 'withdrawn')),
    constraint openings_settled_by_somebody
    check (
        (status = 'proposed') = (settled_at is null) and (settled_at is null) = (settled_by is null)
    ),
    constraint openings_settled_by_another_person check (settled_by <> proposed_by),
    constraint openings_only_refused_with_a_refusal check (refusal is null or status = 'refused'),
    constraint openings_withdrawn_by_somebody
    check (
        (status = 'withdrawn') = (withdrawn_at is not null)
        and (withdrawn_at is null) = (withdrawn_by is null)
        and (withdrawn_at is null) = (withdrawal is null)
        and (withdrawn_at is null) = (unrecovered is null)
    ),
    constraint openings_withdrawn_by_another_person check (withdrawn_by <> proposed_by),
    constraint openings_unrecovered_is_a_part check (unrecovered between 0 and available)
);
create index openings_by_participant on openings (clinic_id, participant_id, opening_id);
create index openings_by_status on openings (clinic_id, status, opening_id);
-- What somebody brings along in a unit is entered once; another one takes the place of one that was withdrawn.
create unique index openings_one_stands on openings (clinic_id, participant_id, unit)
where status in ('proposed', 'approved');

do $$
declare
    clinic_table text;
begin
    foreach clinic_table in array array['second_person_limits', 'redemption_changes', 'void_codes', 'openings'] loop
        execute format('alter table %I enable row level security', clinic_table);
        execute format(
            'create policy %I on %I using (clinic_id = (select current_setting(''app.clinic'')::uuid))',
            clinic_table || '_own_clinic', clinic_table
        );
    end loop;
end
$$;

grant select, insert on second_person_limits, redemption_changes, void_codes, openings to rewards_service;
grant update (status, settled_at, settled_by, refusal) on redemption_changes to rewards_service;
grant update (status, settled_at, settled_by, refusal, withdrawn_at, withdrawn_by, withdrawal, unrecovered)
on openings to rewards_service;

-- An opening credits what can be spent, and puts what was paid before straight to what was given. What was paid in
-- an earlier year counts for no day.
alter table transfers drop constraint transfers_cause_is_known;
alter table transfers add constraint transfers_cause_is_known
check (cause in ('award', 'redemption', 'draw', 'prize', 'hat', 'manual', 'merge', 'opening'));
alter table transfers drop constraint transfers_day_of_credits;
alter table transfers add constraint transfers_day_of_credits
check (
    (day is not null) = (source = 'issued' or destination = 'issued')
    or (cause = 'opening' and day is null)
);
