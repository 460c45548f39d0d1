-- Runs under releases that know 0066_moved_alone.sql.
--
-- Sources that are asked: a record system that sends nothing by itself is searched for what is new since the last time, by
-- a signed token of our own key (SMART Backend Services). How far that has come stands here, with the page that is next, so
-- that whoever is killed goes on there.
create table source_pulls (
    clinic_id uuid not null,
    source_id uuid not null,
    base_url text not null,
    token_url text,
    client_id text,
    kind text not null,
    every_minutes integer not null,
    private_key bytea not null,
    public_key text not null,
    -- What was changed until then is here; `seen` is the newest of the walk under way, which goes on at `next_url`.
    since timestamptz not null,
    seen timestamptz,
    next_url bytea,
    messages bigint not null default 0,
    due_at timestamptz not null,
    pulled_at timestamptz,
    fault text,
    faults integer not null default 0,
    made_at timestamptz not null,
    made_by uuid not null,
    constraint source_pulls_key primary key (clinic_id, source_id),
    constraint source_pulls_source_exists foreign key (clinic_id, source_id) references sources (clinic_id, source_id),
    constraint source_pulls_every_some_minutes check (every_minutes between 1 and 1440),
    constraint source_pulls_tokens_are_somebody_s check ((token_url is null) = (client_id is null))
);
alter table source_pulls enable row level security;
alter table source_pulls force row level security;
create policy source_pulls_own_clinic on source_pulls
using (clinic_id = (select current_setting('app.clinic')::uuid));
grant select, insert, delete on source_pulls to rewards_service;
grant update (since, seen, next_url, messages, due_at, pulled_at, fault, faults) on source_pulls to rewards_service;
