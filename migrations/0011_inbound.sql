-- What other services tell us: sources with their own secrets, and every message as it came, kept encrypted before
-- it is understood.
--
-- A message is on record once, however often it is sent: its key is a keyed hash of the sender's id for it, or of
-- its body where the sender gives none that can be believed. What it says is never changed; only what became of it.

create table sources (
    clinic_id uuid not null,
    source_id uuid not null,
    name text,
    -- JSON: how it signs, and how its messages are read; without a mapping they are events as we know them.
    verifier bytea not null,
    mapping bytea,
    secret bytea not null,
    -- After a rotation the old secret is believed too until then.
    old_secret bytea,
    old_secret_until timestamptz,
    revision integer not null default 1,
    created_at timestamptz not null,
    created_by uuid not null,
    deleted_at timestamptz,
    constraint sources_key primary key (clinic_id, source_id),
    constraint sources_clinic_exists foreign key (clinic_id) references clinics (clinic_id),
    constraint sources_old_secret_has_an_end check ((old_secret is null) = (old_secret_until is null))
);

create table inbound_messages (
    clinic_id uuid not null,
    message_id uuid not null,
    source_id uuid not null,
    key bytea not null,
    -- Encrypted: the sender's own id for the message, which may say anything, and the bytes that came.
    sender_id bytea,
    body bytea not null,
    -- A keyed hash of the body: the same bytes have the same one.
    body_index bytea not null,
    received_at timestamptz not null,
    status text not null default 'kept',
    -- Whoever works on a kept message has it until then; afterwards a worker takes it up.
    leased_until timestamptz,
    tries integer not null default 0,
    -- Why it waits for somebody to look at it: a closed word, and encrypted what exactly is wrong.
    code text,
    why bytea,
    event_id uuid,
    participant_id uuid,
    settled_at timestamptz,
    discarded_by uuid,
    reason bytea,
    constraint inbound_messages_key primary key (clinic_id, message_id),
    constraint inbound_messages_taken_once unique (clinic_id, source_id, key),
    constraint inbound_messages_source_exists foreign key (clinic_id, source_id)
    references sources (clinic_id, source_id),
    constraint inbound_messages_status_is_known
    check (status in ('kept', 'recorded', 'ignored', 'review', 'discarded')),
    constraint inbound_messages_kept_has_a_lease check ((status = 'kept') = (leased_until is not null)),
    constraint inbound_messages_kept_is_not_settled check ((status = 'kept') = (settled_at is null)),
    constraint inbound_messages_recorded_has_its_event
    check ((status = 'recorded') = (event_id is not null) and (event_id is null) = (participant_id is null)),
    constraint inbound_messages_review_says_why check (status <> 'review' or code is not null),
    constraint inbound_messages_why_has_a_code check ((code is null) = (why is null)),
    constraint inbound_messages_discarded_by_somebody
    check ((status = 'discarded') = (discarded_by is not null) and (discarded_by is null) = (reason is null))
);
create index inbound_messages_by_status on inbound_messages (clinic_id, status, message_id);
create index inbound_messages_by_source on inbound_messages (clinic_id, source_id, message_id);
create index inbound_messages_by_source_and_status
on inbound_messages (clinic_id, source_id, status, message_id);
create index inbound_messages_to_do on inbound_messages (clinic_id, leased_until) where status = 'kept';
create index inbound_messages_by_event on inbound_messages (clinic_id, event_id) where event_id is not null;

-- The clinic of a source, which is all that whoever calls from outside names. Asked clinic by clinic, since every
-- key begins with the clinic's.
create function clinic_of_source(asked uuid) returns uuid
language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
select c.clinic_id
from public.clinics as c
where exists (
    select from public.sources as s
    where s.clinic_id = c.clinic_id and s.source_id = asked
);
end;

do $$
declare
    clinic_table text;
begin
    foreach clinic_table in array array['sources', 'inbound_messages'] loop
        execute format('alter table %I enable row level security', clinic_table);
        execute format(
            'create policy %I on %I using (clinic_id = (select current_setting(''app.clinic'')::uuid))',
            clinic_table || '_own_clinic', clinic_table
        );
    end loop;
end
$$;

grant select, insert on sources, inbound_messages to rewards_service;
grant update (
    name, mapping, secret, old_secret, old_secret_until, revision, deleted_at
) on sources to rewards_service;
grant update (
    status, leased_until, tries, code, why, event_id, participant_id, settled_at, discarded_by, reason
) on inbound_messages to rewards_service;
revoke all on function clinic_of_source(uuid) from public;
grant execute on function clinic_of_source(uuid) to rewards_service;
