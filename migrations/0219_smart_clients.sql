-- Runs under releases that know 0066_moved_alone.sql.
--
-- SMART Backend Services: programs that show by a signature of their own key who they are, and are given a token for
-- minutes. Each is a key of the clinic, so that a person answers for it and it ends and is revoked as any other; its own
-- secret is known to nobody. A keyed mark holds each row to what this service wrote. Of a signature that was used its number
-- is kept until it would have ended, so that it is used once.
create table smart_clients (
    clinic_id uuid not null,
    key_id uuid not null,
    jwks text,
    jwks_url text,
    scopes text [] not null,
    created_at timestamptz not null,
    mark text not null,
    constraint smart_clients_key primary key (clinic_id, key_id),
    constraint smart_clients_key_exists foreign key (clinic_id, key_id) references keys (clinic_id, key_id),
    constraint smart_clients_keys_or_their_address check ((jwks is null) <> (jwks_url is null))
);
create table smart_tokens (
    clinic_id uuid not null,
    token_hash bytea not null,
    key_id uuid not null,
    scopes text [] not null,
    made_at timestamptz not null,
    ends_at timestamptz not null,
    mark text not null,
    constraint smart_tokens_key primary key (clinic_id, token_hash),
    constraint smart_tokens_client_exists foreign key (clinic_id, key_id) references smart_clients (clinic_id, key_id),
    constraint smart_tokens_hash_is_a_hash check (octet_length(token_hash) = 32)
);
create index smart_tokens_by_end on smart_tokens (clinic_id, key_id, ends_at);
create table smart_assertions (
    clinic_id uuid not null,
    key_id uuid not null,
    number_hash bytea not null,
    ends_at timestamptz not null,
    constraint smart_assertions_key primary key (clinic_id, key_id, number_hash),
    constraint smart_assertions_client_exists foreign key (clinic_id, key_id)
    references smart_clients (clinic_id, key_id)
);
alter table smart_clients enable row level security;
alter table smart_clients force row level security;
create policy smart_clients_own_clinic on smart_clients
using (clinic_id = (select current_setting('app.clinic')::uuid));
grant select, insert on smart_clients to rewards_service;
alter table smart_tokens enable row level security;
alter table smart_tokens force row level security;
create policy smart_tokens_own_clinic on smart_tokens
using (clinic_id = (select current_setting('app.clinic')::uuid));
grant select, insert, delete on smart_tokens to rewards_service;
alter table smart_assertions enable row level security;
alter table smart_assertions force row level security;
create policy smart_assertions_own_clinic on smart_assertions
using (clinic_id = (select current_setting('app.clinic')::uuid));
grant select, insert, delete on smart_assertions to rewards_service;
