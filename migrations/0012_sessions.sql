-- Members of staff, and who is signed in: staff and participants by a cookie, a clinic's tablet by one of its own.
--
-- A session is found by the SHA-256 of its token, which only the browser has. It ends when nobody used it for a while,
-- when its time is up, or when somebody revokes it.

create table staff (
    clinic_id uuid not null,
    staff_id uuid not null,
    role text not null,
    language text not null default 'en',
    -- Encrypted; the index is a keyed hash, for look-ups of whole addresses.
    email bytea not null,
    email_index bytea not null,
    name bytea,
    -- argon2id in its own spelling; none where somebody signs in by the clinic's identity provider alone.
    password_hash text,
    password_changed_at timestamptz,
    -- Wrong passwords in a row; after too many the account rests until then.
    failures integer not null default 0,
    rests_until timestamptz,
    revision integer not null default 1,
    created_at timestamptz not null,
    created_by uuid not null,
    disabled_at timestamptz,
    constraint staff_key primary key (clinic_id, staff_id),
    constraint staff_clinic_exists foreign key (clinic_id) references clinics (clinic_id),
    constraint staff_email_is_unique unique (clinic_id, email_index),
    constraint staff_role_is_known check (role in ('front_desk', 'clinician', 'manager', 'auditor')),
    constraint staff_language_is_known check (language in ('en', 'es')),
    constraint staff_failures_count_up check (failures >= 0)
);

create table sessions (
    clinic_id uuid not null,
    session_id uuid not null,
    kind text not null,
    token_hash bytea not null,
    staff_id uuid,
    participant_id uuid,
    created_at timestamptz not null,
    -- Written at most once a minute: a page that is looked at need not be written down each time.
    seen_at timestamptz not null,
    ends_at timestamptz not null,
    revoked_at timestamptz,
    -- Encrypted: what the browser says of itself, so that its owner knows it again in a list.
    agent bytea,
    constraint sessions_key primary key (clinic_id, session_id),
    constraint sessions_token_is_unique unique (clinic_id, token_hash),
    -- A SHA-256 of a 256-bit secret: the secret itself is never kept.
    constraint sessions_token_is_hashed check (length(token_hash) = 32),
    constraint sessions_kind_is_known check (kind in ('staff', 'portal', 'kiosk', 'tablet')),
    constraint sessions_are_of_one_person check (
        (kind = 'staff') = (staff_id is not null)
        and (kind in ('portal', 'kiosk')) = (participant_id is not null)
    ),
    constraint sessions_end_after_they_begin check (ends_at > created_at),
    constraint sessions_staff_exists foreign key (clinic_id, staff_id) references staff (clinic_id, staff_id),
    constraint sessions_participant_exists foreign key (clinic_id, participant_id)
    references participants (clinic_id, participant_id)
);
create index sessions_of_staff on sessions (clinic_id, staff_id) where staff_id is not null;
create index sessions_of_participants on sessions (clinic_id, participant_id) where participant_id is not null;
create index sessions_by_end on sessions (clinic_id, ends_at);

do $$
declare
    clinic_table text;
begin
    foreach clinic_table in array array['staff', 'sessions'] loop
        execute format('alter table %I enable row level security', clinic_table);
        execute format(
            'create policy %I on %I using (clinic_id = (select current_setting(''app.clinic'')::uuid))',
            clinic_table || '_own_clinic', clinic_table
        );
    end loop;
end
$$;

grant select, insert on staff, sessions to rewards_service;
grant update (
    role, language, email, email_index, name, password_hash, password_changed_at, failures, rests_until, revision,
    disabled_at
) on staff to rewards_service;
grant update (seen_at, ends_at, revoked_at) on sessions to rewards_service;
-- Sessions that are over are cleared away.
grant delete on sessions to rewards_service;
