-- Runs under releases that know 0066_moved_alone.sql.
--
-- Exports of all that a clinic has, as FHIR (Bulk Data Access): what was asked for, how far it has come, and its files,
-- sealed, each with whom it names. All of it is deleted when its time is over, or when whoever asked for it says so.
create table fhir_exports (
    clinic_id uuid not null,
    export_id uuid not null,
    asked_at timestamptz not null,
    asked_by uuid not null,
    role text not null,
    -- How it was asked for, which its manifest repeats.
    request text not null,
    kinds text [] not null,
    since timestamptz,
    -- How many of the kinds are done, and where the walk through the next one stands.
    kinds_done integer not null default 0,
    place bytea,
    files integer not null default 0,
    resources bigint not null default 0,
    done_at timestamptz,
    fault text,
    expires_at timestamptz not null,
    constraint fhir_exports_key primary key (clinic_id, export_id),
    constraint fhir_exports_clinic_exists foreign key (clinic_id) references clinics (clinic_id),
    constraint fhir_exports_count_up check (kinds_done >= 0 and files >= 0 and resources >= 0),
    constraint fhir_exports_kinds_are_some check (cardinality(kinds) > 0)
);
create index fhir_exports_under_way on fhir_exports (clinic_id, export_id) where done_at is null;
create table fhir_export_files (
    clinic_id uuid not null,
    export_id uuid not null,
    file_no integer not null,
    kind text not null,
    resources integer not null,
    people uuid [] not null,
    body bytea not null,
    constraint fhir_export_files_key primary key (clinic_id, export_id, file_no),
    constraint fhir_export_files_export_exists foreign key (clinic_id, export_id)
    references fhir_exports (clinic_id, export_id) on delete cascade,
    constraint fhir_export_files_count_from_one check (file_no >= 1 and resources >= 1)
);
alter table fhir_exports enable row level security;
alter table fhir_exports force row level security;
create policy fhir_exports_own_clinic on fhir_exports
using (clinic_id = (select current_setting('app.clinic')::uuid));
grant select, insert, delete on fhir_exports to rewards_service;
grant update (kinds_done, place, files, resources, done_at, fault) on fhir_exports to rewards_service;
alter table fhir_export_files enable row level security;
alter table fhir_export_files force row level security;
create policy fhir_export_files_own_clinic on fhir_export_files
using (clinic_id = (select current_setting('app.clinic')::uuid));
grant select, insert, delete on fhir_export_files to rewards_service;
