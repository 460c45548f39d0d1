-- What a point is worth in money, what a reward is worth, and what was given in kind: counted in money against caps
-- and in the year's report, in whatever unit it was earned.

-- What one point is worth from a day on. Rows are only added: the latest day up to one holds on it, and of several
-- for one day the newest.
create table points_worth (
    clinic_id uuid not null,
    points_worth_id uuid not null,
    -- Cents for one point.
    amount bigint not null,
    unit text not null,
    starts_on date not null,
    reason bytea,
    created_at timestamptz not null,
    created_by uuid not null,
    constraint points_worth_key primary key (clinic_id, points_worth_id),
    constraint points_worth_clinic_exists foreign key (clinic_id) references clinics (clinic_id),
    constraint points_worth_is_in_money check (unit = 'usd'),
    constraint points_worth_amount_is_positive check (amount > 0)
);

create index points_worth_by_day on points_worth (clinic_id, starts_on, points_worth_id);

-- What one piece is worth in cents, where a manager has stated it. Where nobody has, it follows from the price: money
-- is worth itself, and points what the clinic says of them on the day.
alter table rewards add column fair_value bigint;
alter table rewards add constraint rewards_fair_value_not_negative check (fair_value >= 0);

-- What was asked for or handed over was worth in all, in cents, when it was asked for or handed over. It stays unknown
-- for points that nobody had said the worth of; what was paid for in money before this is worth its price.
alter table redemptions add column fair_value bigint;
alter table redemptions add constraint redemptions_fair_value_not_negative check (fair_value >= 0);
alter table prizes add column fair_value bigint;
alter table prizes add constraint prizes_fair_value_not_negative check (fair_value >= 0);
alter table prizes add constraint prizes_fair_value_of_given check (fair_value is null or status = 'given');

-- What is given in kind, as it counts against caps: taken up when it is asked for, moved to the day on which it is
-- handed over, and given back when it is canceled. Rows are only added, and those of one cause sum to what it counts
-- for. Money that was credited has counted already: a thing bought for money counts here only for what it is worth
-- above its price.
create table gifts (
    clinic_id uuid not null,
    participant_id uuid not null,
    gift_id uuid not null,
    cause text not null,
    cause_id uuid not null,
    -- Whose money it is, by where what was spent had been earned; none where nobody can tell.
    enrollment_id uuid,
    funding text,
    -- The part of the price that this enrollment's earnings paid, in minor units of `unit`; a prize costs nothing.
    unit text,
    spent bigint not null,
    -- What it counts for, in cents; 0 while the worth is unknown.
    worth bigint not null,
    day date not null,
    at timestamptz not null,
    constraint gifts_key primary key (clinic_id, participant_id, gift_id),
    constraint gifts_participant_exists foreign key (clinic_id, participant_id)
    references participants (clinic_id, participant_id),
    constraint gifts_cause_is_known check (cause in ('redemption', 'prize')),
    constraint gifts_unit_is_known check (unit in ('usd', 'points', 'draw')),
    constraint gifts_spend_in_a_unit check ((unit is null) = (cause = 'prize')),
    constraint gifts_spend_nothing_for_a_prize check (unit is not null or spent = 0),
    -- A row takes up or gives back, and never does one of both.
    constraint gifts_go_one_way check ((spent >= 0 and worth >= 0) or (spent <= 0 and worth <= 0)),
    constraint gifts_are_something check (spent <> 0 or worth <> 0)
);

do $$
declare
    clinic_table text;
begin
    foreach clinic_table in array array['points_worth', 'gifts'] loop
        execute format('alter table %I enable row level security', clinic_table);
        -- The setting is read once a statement, not once a row.
        execute format(
            'create policy %I on %I using (clinic_id = (select current_setting(''app.clinic'')::uuid))',
            clinic_table || '_own_clinic', clinic_table
        );
    end loop;
end
$$;

grant select, insert on points_worth, gifts to rewards_service;
grant update (fair_value) on prizes to rewards_service;
