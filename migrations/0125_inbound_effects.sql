-- Runs under releases that know 0066_moved_alone.sql.
--
-- A message may do more than record one event: a panel may be several, a corrected report corrects what is on record,
-- and one that its source withdraws takes it back. What a message did stands here, in its order, where that was more
-- than to record one event.

create table inbound_effects (
    clinic_id uuid not null,
    message_id uuid not null,
    place integer not null,
    kind text not null,
    subject_id uuid not null,
    -- Whether the message named a day and no time, so that noon stands for it.
    day_alone boolean not null default false,
    constraint inbound_effects_key primary key (clinic_id, message_id, place),
    constraint inbound_effects_message_exists foreign key (clinic_id, message_id)
    references inbound_messages (clinic_id, message_id),
    constraint inbound_effects_kind_is_known check (kind in ('recorded', 'corrected', 'withdrawn', 'known'))
);
create index inbound_effects_by_subject on inbound_effects (clinic_id, subject_id);

alter table inbound_effects enable row level security;
alter table inbound_effects force row level security;
create policy inbound_effects_own_clinic on inbound_effects
using (clinic_id = (select current_setting('app.clinic')::uuid));
grant select, insert on inbound_effects to rewards_service;
