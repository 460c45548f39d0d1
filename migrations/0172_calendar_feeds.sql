-- Runs under releases that know 0066_moved_alone.sql.
--
-- The secret address under which somebody's own calendar asks for their visits; who has it sees days, and nothing of what
-- they are for. One a person: another one ends the one before.
create table calendar_feeds (
    clinic_id uuid not null,
    participant_id uuid not null,
    secret_hash bytea not null,
    made_at timestamptz not null,
    constraint calendar_feeds_key primary key (clinic_id, participant_id),
    constraint calendar_feeds_secret_is_unique unique (clinic_id, secret_hash),
    constraint calendar_feeds_participant_exists foreign key (clinic_id, participant_id)
    references participants (clinic_id, participant_id),
    constraint calendar_feeds_secret_is_a_hash check (octet_length(secret_hash) = 32)
);
alter table calendar_feeds enable row level security;
alter table calendar_feeds force row level security;
create policy calendar_feeds_own_clinic on calendar_feeds
using (clinic_id = (select current_setting('app.clinic')::uuid));
grant select, insert, delete on calendar_feeds to rewards_service;
grant update (secret_hash, made_at) on calendar_feeds to rewards_service;
