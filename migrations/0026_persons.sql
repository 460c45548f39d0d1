-- Two persons are two persons: who proposes and who approves are compared as persons, whichever account or key they
-- came by.

alter table keys
-- The member of staff who answers for it. None where the operator made it for nobody: then nobody knows whose
-- proposals its are, and they are not approved.
add column responsible uuid,
-- The last local day on which it opens anything.
add column expires_on date,
-- What it may do, inside its role.
add column scopes text [],
add constraint keys_responsible_exists foreign key (clinic_id, responsible)
references staff (clinic_id, staff_id);

-- For a key of before, whoever made it answers, by whichever of their keys that was.
with recursive made (clinic_id, key_id, by_id) as (
    select clinic_id, key_id, created_by from keys
    union all
    select m.clinic_id, m.key_id, k.created_by
    from made as m
    inner join keys as k on m.clinic_id = k.clinic_id and m.by_id = k.key_id
)

update keys as k set responsible = s.staff_id
from made as m
inner join staff as s on m.clinic_id = s.clinic_id and m.by_id = s.staff_id
where k.clinic_id = m.clinic_id and k.key_id = m.key_id;

-- What runs with a key of before goes on for a year, with all that it could do.
update keys as k set
    expires_on = (now() at time zone c.zone)::date + 365,
    scopes = array[
        'people.read', 'people.write', 'events.read', 'events.write', 'money.read', 'money.write', 'shelf.read',
        'shelf.write', 'programs.read', 'programs.write', 'notices.read', 'notices.write', 'secrets.write',
        'access.read', 'access.write', 'audit.read'
    ]
from clinics as c
where k.clinic_id = c.clinic_id;
alter table keys alter column expires_on set not null;
alter table keys alter column scopes set not null;
alter table keys add constraint keys_scopes_are_known check (
    cardinality(scopes) > 0
    and scopes <@ array[
        'people.read', 'people.write', 'events.read', 'events.write', 'money.read', 'money.write', 'shelf.read',
        'shelf.write', 'programs.read', 'programs.write', 'notices.read', 'notices.write', 'secrets.write',
        'access.read', 'access.write', 'audit.read'
    ]
);
create index keys_by_responsible on keys (clinic_id, responsible) where responsible is not null;

alter table staff
-- A keyed hash of the mailbox that the address delivers to: `ana+two@clinic.org` is read by whoever reads
-- `ana@clinic.org`. Of an account of before it is written when it is first needed.
add column mailbox_index bytea,
-- Whoever could read the way into this account: a password or a link was shown to this member of staff, or answered to
-- this key. To the second-person rule the two are one.
add column known_to uuid;
update staff set known_to = created_by
where password_is_temporary and created_by <> clinic_id;
grant update (mailbox_index, known_to) on staff to rewards_service;

-- A session of the API is a member of staff's, opened for a program that they use; it opens no page, and a page's
-- opens no API.
alter table sessions drop constraint sessions_kind_is_known;
alter table sessions add constraint sessions_kind_is_known
check (kind in ('staff', 'api', 'portal', 'kiosk', 'tablet'));
alter table sessions drop constraint sessions_are_of_one_person;
alter table sessions add constraint sessions_are_of_one_person check (
    (kind in ('staff', 'api')) = (staff_id is not null)
    and (kind in ('portal', 'kiosk')) = (participant_id is not null)
);
alter table sessions
-- When its member of staff last showed their password or second factor.
add column proved_at timestamptz;
grant update (proved_at) on sessions to rewards_service;

-- Everybody through whose hands an account or a key went: itself, who answers for it, who made it, who could read the
-- way into it, and theirs in turn. The operator, who acts under the clinic's own id, is none of them.
create function hands_of(clinic uuid, actor uuid) returns setof uuid
language sql stable rows 4 set search_path = pg_catalog, public, pg_temp
begin atomic
with recursive hands (id) as (
    select actor
    union
    select one.id
    from hands as h
    cross join lateral (
        select k.responsible as id from keys as k
        where k.clinic_id = clinic and k.key_id = h.id
        union all
        select k.created_by from keys as k
        where k.clinic_id = clinic and k.key_id = h.id
        union all
        select s.known_to from staff as s
        where s.clinic_id = clinic and s.staff_id = h.id
    ) as one
    where one.id is not null and one.id <> clinic
)

select id from hands;
end;
revoke all on function hands_of(uuid, uuid) from public;
grant execute on function hands_of(uuid, uuid) to rewards_service;

-- Whether what one account or key did is approved by another person: by a member of staff, never a key, of whom no hand
-- and no mailbox is among those of whoever did it, and one of those is a member of staff too.
create function is_another_person(clinic uuid, did uuid, approves uuid) returns boolean
language sql stable set search_path = pg_catalog, public, pg_temp
begin atomic
select
    exists (select from staff as s where s.clinic_id = clinic and s.staff_id = approves)
    and exists (
        select from hands_of(clinic, did) as one (id)
        inner join staff as s on s.clinic_id = clinic and one.id = s.staff_id
    )
    and not exists (
        select from hands_of(clinic, did) as one (id)
        inner join hands_of(clinic, approves) as other (id) on one.id = other.id
    )
    and not exists (
        select
        from hands_of(clinic, did) as one (id)
        inner join staff as s on s.clinic_id = clinic and one.id = s.staff_id
        inner join staff as o on o.clinic_id = clinic and s.mailbox_index = o.mailbox_index
        inner join hands_of(clinic, approves) as other (id) on o.staff_id = other.id
    );
end;
revoke all on function is_another_person(uuid, uuid, uuid) from public;
grant execute on function is_another_person(uuid, uuid, uuid) to rewards_service;

-- What was settled before stays on record as that: then the ids of accounts and keys were compared, and no persons.
alter table manual_awards add column by_ids boolean not null default false;
alter table write_offs add column by_ids boolean not null default false;
alter table redemption_changes add column by_ids boolean not null default false;
alter table openings add column by_ids boolean not null default false;
alter table unmerges add column by_ids boolean not null default false;
update manual_awards set by_ids = true where status <> 'proposed';
update write_offs set by_ids = true where status <> 'proposed';
update redemption_changes set by_ids = true where status <> 'proposed';
update openings set by_ids = true where status <> 'proposed';
update unmerges set by_ids = true;

create function proposals_by_another_person() returns trigger
language plpgsql set search_path = pg_catalog, public, pg_temp
as $$
declare
    row_now jsonb := to_jsonb(new);
    settler uuid := row_now ->> tg_argv[0];
begin
    if new.by_ids and (tg_op = 'INSERT' or not old.by_ids) then
        raise exception 'compared by ids alone, which was before' using
            errcode = 'check_violation', constraint = tg_table_name || '_by_ids_was_before', table = tg_table_name;
    end if;
    -- Whoever refuses moves nothing, and what one person did alone inside a limit has no second one.
    if settler is null or row_now ->> 'status' = 'refused' or row_now ->> 'alone' = 'true' then
        return null;
    end if;
    if tg_op = 'UPDATE' and settler = (to_jsonb(old) ->> tg_argv[0])::uuid then
        return null;
    end if;
    if not is_another_person(new.clinic_id, (row_now ->> tg_argv[1])::uuid, settler) then
        raise exception 'settled by no other person' using
            errcode = 'check_violation', constraint = tg_table_name || '_by_two_persons', table = tg_table_name;
    end if;
    return null;
end
$$;

revoke all on function proposals_by_another_person() from public;
grant execute on function proposals_by_another_person() to rewards_service;

create trigger manual_awards_by_two_persons after insert or update on manual_awards
for each row execute function proposals_by_another_person('settled_by', 'proposed_by');
create trigger write_offs_by_two_persons after insert or update on write_offs
for each row execute function proposals_by_another_person('settled_by', 'proposed_by');
create trigger redemption_changes_by_two_persons after insert or update on redemption_changes
for each row execute function proposals_by_another_person('settled_by', 'proposed_by');
create trigger openings_by_two_persons after insert or update on openings
for each row execute function proposals_by_another_person('settled_by', 'proposed_by');
create trigger openings_withdrawn_by_two_persons after insert or update on openings
for each row execute function proposals_by_another_person('withdrawn_by', 'proposed_by');
create trigger unmerges_by_two_persons after insert or update on unmerges
for each row execute function proposals_by_another_person('undone_by', 'merged_by');
