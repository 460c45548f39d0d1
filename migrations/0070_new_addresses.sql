-- A phone number or mail address of somebody in care that another person set, took away or brought with a chart: whoever
-- has it may be sent a sign-in code, so it is asked about. `mark` is a keyed hash of the address that is bound to the row;
-- a row without one says that an address was taken away. `settled_mark` is one of what was said of it: none is made in
-- the database alone.
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
    constraint new_addresses_participant_exists foreign key (clinic_id, participant_id)
    references participants (clinic_id, participant_id),
    constraint new_addresses_channel_is_known check (channel in ('text', 'email')),
    constraint new_addresses_settled_whole
    check (
        (is_theirs is null) = (settled_at is null) and (is_theirs is null) = (settled_by is null)
        and (is_theirs is null) = (settled_mark is null)
    )
);
create index new_addresses_by_participant on new_addresses (clinic_id, participant_id, new_address_id);
create index new_addresses_by_time on new_addresses (clinic_id, set_at);

alter table new_addresses enable row level security;
alter table new_addresses force row level security;
create policy new_addresses_own_clinic on new_addresses
using (clinic_id = (select current_setting('app.clinic')::uuid));
grant select, insert on new_addresses to rewards_service;
grant update (is_theirs, settled_at, settled_by, settled_mark) on new_addresses to rewards_service;
create trigger new_addresses_settled_for_good before update of is_theirs, settled_at on new_addresses
for each row execute function set_for_good('is_theirs', 'settled_at');

-- For how long a new address is sent no code that nobody confirmed; null for not at all.
alter table second_person_rules
add column new_address_hours integer default 48,
add constraint second_person_rules_hours_not_negative check (new_address_hours >= 0);
