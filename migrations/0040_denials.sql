-- How many refused calls of somebody who is known were told of in the audit trail in the last hour in which there was
-- one: one row for each actor, so that whoever keeps asking fills neither the trail nor this table.
create table denials (
    clinic_id uuid not null,
    actor_id uuid not null,
    hour timestamptz not null,
    told integer not null,
    constraint denials_key primary key (clinic_id, actor_id),
    constraint denials_clinic_exists foreign key (clinic_id) references clinics (clinic_id),
    constraint denials_told_counts_from_one check (told >= 1)
);
alter table denials enable row level security;
create policy denials_own_clinic on denials
using (clinic_id = (select current_setting('app.clinic')::uuid));
grant select, insert on denials to rewards_service;
grant update (hour, told) on denials to rewards_service;
