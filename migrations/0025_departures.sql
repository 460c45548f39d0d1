-- Departures: people who left, moved away or died, and what becomes of what they have here.

-- Whether somebody is in care here: they may have left, moved away or died, from a day on.
alter table participants add column status text not null default 'active';
alter table participants add column status_on date;
alter table participants add constraint participants_status_is_known
check (status in ('active', 'left', 'moved', 'deceased'));
alter table participants add constraint participants_gone_since_a_day
check ((status = 'active') = (status_on is null));

-- Each change of it, with what was done with value that was available: a fact, undone by another one.
create table departures (
    clinic_id uuid not null,
    departure_id uuid not null,
    participant_id uuid not null,
    status text not null,
    on_day date not null,
    -- Whether what they had was released or kept.
    held text not null,
    -- Encrypted.
    reason bytea,
    -- What went back to the clinic, or with a return came back to them, by unit.
    units text [] not null,
    amounts bigint [] not null,
    -- The enrollments that were closed, or with a return opened again.
    enrollments uuid [] not null,
    -- The departure that a return takes back.
    undoes uuid,
    recorded_at timestamptz not null,
    recorded_by uuid not null,
    constraint departures_key primary key (clinic_id, departure_id),
    constraint departures_participant_exists foreign key (clinic_id, participant_id)
    references participants (clinic_id, participant_id),
    constraint departures_undone_exists foreign key (clinic_id, undoes)
    references departures (clinic_id, departure_id),
    -- What was released comes back once.
    constraint departures_are_undone_once unique (clinic_id, undoes),
    constraint departures_status_is_known check (status in ('active', 'left', 'moved', 'deceased')),
    constraint departures_held_is_known check (held in ('release', 'keep', 'restore')),
    constraint departures_of_the_active_are_undone check ((status = 'active') = (undoes is not null)),
    constraint departures_amounts_have_units check (cardinality(units) = cardinality(amounts)),
    constraint departures_amounts_are_positive check (0 < all (amounts)),
    constraint departures_kept_moves_nothing check (held <> 'keep' or amounts = '{}')
);
create index departures_of_participants on departures (clinic_id, participant_id, departure_id);

alter table departures enable row level security;
create policy departures_own_clinic on departures
using (clinic_id = (select current_setting('app.clinic')::uuid));

grant select, insert on departures to rewards_service;

-- Value that is released goes back to the clinic, and comes back where somebody was not gone after all. It counts for
-- no day: neither caps nor a year's report take it for an award taken back.
alter table transfers drop constraint transfers_cause_is_known;
alter table transfers add constraint transfers_cause_is_known
check (cause in ('award', 'redemption', 'draw', 'prize', 'hat', 'manual', 'merge', 'opening', 'departure'));
alter table transfers drop constraint transfers_day_of_credits;
alter table transfers add constraint transfers_day_of_credits
check (
    (cause <> 'departure' and (day is not null) = (source = 'issued' or destination = 'issued'))
    or (cause in ('opening', 'departure') and day is null)
);
