-- How somebody in care signs in: by a code that the desk prints or that is sent, by a PIN, by a passkey.
--
-- A code is 8 characters, works once, and is kept as a keyed hash that is the same in every clinic, since whoever
-- types one does not say in which clinic they are.

create table sign_in_codes (
    clinic_id uuid not null,
    code_id uuid not null,
    participant_id uuid not null,
    kind text not null,
    code_index bytea not null,
    created_at timestamptz not null,
    created_by uuid not null,
    ends_at timestamptz not null,
    used_at timestamptz,
    -- A new code takes the place of the one before.
    retired_at timestamptz,
    constraint sign_in_codes_key primary key (clinic_id, code_id),
    constraint sign_in_codes_are_unique unique (clinic_id, code_index),
    constraint sign_in_codes_participant_exists foreign key (clinic_id, participant_id)
    references participants (clinic_id, participant_id),
    constraint sign_in_codes_kind_is_known check (kind in ('printed', 'sent')),
    constraint sign_in_codes_are_hashed check (length(code_index) = 32),
    constraint sign_in_codes_end_after_they_begin check (ends_at > created_at)
);
create index sign_in_codes_in_force on sign_in_codes (clinic_id, participant_id)
where used_at is null and retired_at is null;
create index sign_in_codes_by_end on sign_in_codes (clinic_id, ends_at);

-- Tries at signing in, counted by the keyed hash of where they come from, in windows of ten minutes. They belong to
-- no clinic, since whoever guesses is in none: their clinic is the id of zeros.
create table sign_in_tries (
    clinic_id uuid not null,
    place bytea not null,
    window_at timestamptz not null,
    tries integer not null,
    constraint sign_in_tries_key primary key (clinic_id, place, window_at)
);
create index sign_in_tries_by_window on sign_in_tries (clinic_id, window_at);

create table pins (
    clinic_id uuid not null,
    participant_id uuid not null,
    -- argon2id in its own spelling.
    pin_hash text not null,
    -- Wrong ones in a row; after too many the PIN rests until then.
    failures integer not null default 0,
    rests_until timestamptz,
    set_at timestamptz not null,
    constraint pins_key primary key (clinic_id, participant_id),
    constraint pins_participant_exists foreign key (clinic_id, participant_id)
    references participants (clinic_id, participant_id),
    constraint pins_failures_count_up check (failures >= 0)
);

create table passkeys (
    clinic_id uuid not null,
    passkey_id uuid not null,
    participant_id uuid not null,
    -- What the authenticator calls it, and its public half (COSE, RFC 9052).
    credential_id bytea not null,
    public_key bytea not null,
    sign_count bigint not null,
    created_at timestamptz not null,
    used_at timestamptz,
    constraint passkeys_key primary key (clinic_id, passkey_id),
    constraint passkeys_credential_is_unique unique (clinic_id, credential_id),
    constraint passkeys_participant_exists foreign key (clinic_id, participant_id)
    references participants (clinic_id, participant_id)
);
create index passkeys_of_participants on passkeys (clinic_id, participant_id);

-- Texts and mails that are not sent yet: the address and the words are encrypted, and the row goes when it is sent
-- or of no use any more. Whoever sends one has it until `next_at`.
create table messages_out (
    clinic_id uuid not null,
    message_id uuid not null,
    channel text not null,
    body bytea not null,
    created_at timestamptz not null,
    next_at timestamptz not null,
    ends_at timestamptz not null,
    tries integer not null default 0,
    constraint messages_out_key primary key (clinic_id, message_id),
    constraint messages_out_clinic_exists foreign key (clinic_id) references clinics (clinic_id),
    constraint messages_out_channel_is_known check (channel in ('text', 'email'))
);
create index messages_out_due on messages_out (clinic_id, next_at);

-- The clinic of a code, asked clinic by clinic since every key begins with the clinic's.
create function clinic_of_sign_in_code(asked bytea) returns uuid
language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
select c.clinic_id
from public.clinics as c
where exists (
    select from public.sign_in_codes as s
    where s.clinic_id = c.clinic_id and s.code_index = asked
)
limit 1;
end;

do $$
declare
    clinic_table text;
begin
    foreach clinic_table in array array['sign_in_codes', 'sign_in_tries', 'pins', 'passkeys', 'messages_out'] loop
        execute format('alter table %I enable row level security', clinic_table);
        execute format(
            'create policy %I on %I using (clinic_id = (select current_setting(''app.clinic'')::uuid))',
            clinic_table || '_own_clinic', clinic_table
        );
    end loop;
end
$$;

grant select, insert, delete on sign_in_codes, sign_in_tries, pins, passkeys, messages_out to rewards_service;
grant update (used_at, retired_at) on sign_in_codes to rewards_service;
grant update (tries) on sign_in_tries to rewards_service;
grant update (pin_hash, failures, rests_until, set_at) on pins to rewards_service;
grant update (sign_count, used_at) on passkeys to rewards_service;
grant update (next_at, tries) on messages_out to rewards_service;
revoke all on function clinic_of_sign_in_code(bytea) from public;
grant execute on function clinic_of_sign_in_code(bytea) to rewards_service;
