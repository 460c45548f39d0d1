-- Imports: files of events that somebody brought in by a page. A worker goes through them, so that they go on when
-- whoever brought them leaves, and when a process ends: each line is recorded once, however often it is read.

create table imports (
    clinic_id uuid not null,
    import_id uuid not null,
    created_at timestamptz not null,
    created_by uuid not null,
    role text not null,
    is_csv boolean not null,
    enrolls boolean not null,
    lines integer not null,
    -- Encrypted: the whole text, what the dry check found, and the lines that were refused.
    body bytea not null,
    found bytea not null,
    refused_lines bytea,
    status text not null,
    lines_done integer not null default 0,
    recorded integer not null default 0,
    known integer not null default 0,
    refused integer not null default 0,
    begun_at timestamptz,
    ended_at timestamptz,
    -- One worker goes through it at a time; its lease ends by itself.
    leased_until timestamptz,
    constraint imports_key primary key (clinic_id, import_id),
    constraint imports_clinic_exists foreign key (clinic_id) references clinics (clinic_id),
    constraint imports_status_is_known check (status in ('checked', 'running', 'ended', 'unreadable')),
    constraint imports_count_up check (lines >= 0 and lines_done >= 0 and recorded + known + refused >= 0)
);
create index imports_running on imports (clinic_id, import_id) where status = 'running';

alter table imports enable row level security;
create policy imports_own_clinic on imports
using (clinic_id = (select current_setting('app.clinic')::uuid));

grant select, insert on imports to rewards_service;
grant update (
    status, lines_done, recorded, known, refused, refused_lines, begun_at, ended_at, leased_until, enrolls, body
) on imports to rewards_service;
