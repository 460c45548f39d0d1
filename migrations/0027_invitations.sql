-- Links by which members of staff choose their own passwords: nobody else reads one. A link works once, for a while, and
-- while its member of staff may sign in.

create table invitations (
    clinic_id uuid not null,
    invitation_id uuid not null,
    staff_id uuid not null,
    token_hash bytea not null,
    made_at timestamptz not null,
    made_by uuid not null,
    ends_at timestamptz not null,
    used_at timestamptz,
    -- Ended before it was used: by a newer one, or with its member of staff.
    retired_at timestamptz,
    constraint invitations_key primary key (clinic_id, invitation_id),
    constraint invitations_token_is_unique unique (clinic_id, token_hash),
    -- A SHA-256 of a 256-bit secret: the secret itself is never kept.
    constraint invitations_token_is_hashed check (length(token_hash) = 32),
    constraint invitations_staff_exists foreign key (clinic_id, staff_id) references staff (clinic_id, staff_id),
    constraint invitations_end_after_they_begin check (ends_at > made_at),
    constraint invitations_used_or_retired check (used_at is null or retired_at is null)
);
-- One link at a time opens an account.
create unique index invitations_one_in_force on invitations (clinic_id, staff_id)
where used_at is null and retired_at is null;

alter table invitations enable row level security;
create policy invitations_own_clinic on invitations
using (clinic_id = (select current_setting('app.clinic')::uuid));
grant select, insert on invitations to rewards_service;
grant update (used_at, retired_at) on invitations to rewards_service;
