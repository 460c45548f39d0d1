-- Runs under releases that know 0066_moved_alone.sql.
--
-- What a member of staff was filling in, so that it outlives a session and a browser: sealed, of nobody else, and gone
-- after a week or when it is done.
create table drafts (
    clinic_id uuid not null,
    staff_id uuid not null,
    -- The path of the form.
    place text not null,
    body bytea not null,
    saved_at timestamptz not null,
    constraint drafts_key primary key (clinic_id, staff_id, place),
    constraint drafts_staff_exists foreign key (clinic_id, staff_id) references staff (clinic_id, staff_id)
);
alter table drafts enable row level security;
alter table drafts force row level security;
create policy drafts_own_clinic on drafts
using (clinic_id = (select current_setting('app.clinic')::uuid));
grant select, insert, delete on drafts to rewards_service;
grant update (body, saved_at) on drafts to rewards_service;
