-- Whoever could read a way into an account stays on record: a newer link, by mail or by whoever owns the account, does not
-- make two persons of those who were one. Rows are only added.
create table readers (
    clinic_id uuid not null,
    staff_id uuid not null,
    reader_id uuid not null,
    -- When a way in was first shown to them.
    since timestamptz not null,
    constraint readers_key primary key (clinic_id, staff_id, reader_id),
    constraint readers_staff_exists foreign key (clinic_id, staff_id) references staff (clinic_id, staff_id),
    -- The operator is nobody on the staff, and one's own link says nothing of who else could read one.
    constraint readers_are_others check (reader_id not in (clinic_id, staff_id))
);
alter table readers enable row level security;
create policy readers_own_clinic on readers
using (clinic_id = (select current_setting('app.clinic')::uuid));
grant select, insert on readers to rewards_service;

-- Of before only the newest was kept; the trail tells who made every link.
insert into readers (clinic_id, staff_id, reader_id, since)
select told.clinic_id, told.staff_id, told.reader_id, min(told.since)
from (
    select s.clinic_id, s.staff_id, s.known_to as reader_id, s.created_at as since
    from staff as s
    where s.known_to is not null
    union all
    select a.clinic_id, a.subject_id, a.actor_id, a.at
    from audit as a
    inner join staff as s on a.clinic_id = s.clinic_id and a.subject_id = s.staff_id
    where a.deed = 'staff.invited' and (a.detail::jsonb ->> 'mailed') = '0'
) as told
where told.reader_id not in (told.clinic_id, told.staff_id)
group by told.clinic_id, told.staff_id, told.reader_id;

-- The column of before is written only by a version of before that runs beside this one: it adds a reader too.
create function known_to_adds_a_reader() returns trigger
language plpgsql set search_path = pg_catalog, public, pg_temp
as $$
begin
    if new.known_to not in (new.clinic_id, new.staff_id) then
        insert into readers (clinic_id, staff_id, reader_id, since)
        values (new.clinic_id, new.staff_id, new.known_to, clock_timestamp())
        on conflict do nothing;
    end if;
    return null;
end
$$;
revoke all on function known_to_adds_a_reader() from public;
grant execute on function known_to_adds_a_reader() to rewards_service;
create trigger staff_known_to_adds_a_reader after insert or update of known_to on staff
for each row execute function known_to_adds_a_reader();

create or replace function hands_of(clinic uuid, actor uuid) returns setof uuid
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
        select r.reader_id from readers as r
        where r.clinic_id = clinic and r.staff_id = h.id
    ) as one
    where one.id is not null and one.id <> clinic
)

select id from hands;
end;
