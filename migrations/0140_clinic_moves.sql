-- Runs under releases that know 0066_moved_alone.sql.
--
-- Where a clinic is not served, for it moves to another database or has moved: `leaving` until the copy there is whole,
-- `left` from then on, and `arriving` in the copy until it is served. A clinic without a row is served here.
--
-- No process can forget to look: what the service writes for a clinic looks by itself. What the owner does is let be, who
-- names no clinic: a copy comes in as it left, and what is sealed may be sealed anew.
create table clinic_moves (
    clinic_id uuid not null,
    step text not null,
    place text not null,
    at timestamptz not null,
    constraint clinic_moves_key primary key (clinic_id),
    constraint clinic_moves_of_clinic foreign key (clinic_id) references clinics (clinic_id),
    constraint clinic_moves_step_is_known check (step in ('leaving', 'left', 'arriving')),
    constraint clinic_moves_place_is_short check (length(place) between 1 and 300)
);
alter table clinic_moves enable row level security;
create policy clinic_moves_own_clinic on clinic_moves
using (clinic_id = (select current_setting('app.clinic')::uuid));
grant select on clinic_moves to rewards_service;

-- A look that begins once the statement has its lock on the table: a move waits for whoever had one before it, and
-- whoever comes later sees it.
create function clinic_is_here() returns trigger
language plpgsql
as $$
declare
    found public.clinic_moves;
begin
    select m.* into found from public.clinic_moves as m
    where m.clinic_id = current_setting('app.clinic', true)::uuid;
    if found.step is not null then
        raise exception 'the clinic is not served here' using
            errcode = 'check_violation', constraint = 'clinic_is_here', table = tg_table_name,
            detail = found.step || ' ' || found.place;
    end if;
    return null;
end
$$;
revoke all on function clinic_is_here() from public;
grant execute on function clinic_is_here() to rewards_service;

-- Gives every table of clinics its look, where it has none. Left out is what is written in no unit of work but one that
-- ends in the audit trail, whose head looks: so an event costs one look, and not seven; and the sums, which triggers keep.
create function let_tables_look() returns integer
language plpgsql set search_path = pg_catalog, public, pg_temp
as $$
declare
    one record;
    given integer := 0;
begin
    for one in
        select c.oid, c.relname as name from pg_class as c
        where
            c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
            and exists (
                select from pg_attribute as a
                where a.attrelid = c.oid and a.attname = 'clinic_id' and not a.attisdropped
            )
            and not exists (
                select from pg_trigger as t where t.tgrelid = c.oid and t.tgname = c.relname || '_here'
            )
            and c.relname not in (
                'clinic_moves', 'events', 'checkpoints', 'awards', 'transfers', 'balances', 'notices', 'audit',
                'paid_days', 'paid_weeks', 'visit_days', 'visit_waits'
            )
        order by c.relname
    loop
        execute format(
            'create trigger %I before insert or update or delete on %I for each statement '
            'execute function clinic_is_here()', one.name || '_here', one.name
        );
        given := given + 1;
    end loop;
    return given;
end
$$;
revoke all on function let_tables_look() from public;
select let_tables_look();

-- The clinics that are served here, for the worker.
create function served_clinic_ids() returns setof uuid
language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
select c.clinic_id from public.clinics as c
where not exists (select from public.clinic_moves as m where m.clinic_id = c.clinic_id)
order by c.clinic_id;
end;
revoke all on function served_clinic_ids() from public;
grant execute on function served_clinic_ids() to rewards_service;

-- As before, those that are served here first: who has the same address in two clinics signs in to that one.
create or replace function clinics_of_staff(asked bytea) returns setof uuid
language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
select c.clinic_id
from public.clinics as c
where exists (
    select from public.staff as s
    where s.clinic_id = c.clinic_id and s.email_index = asked
)
order by exists (select from public.clinic_moves as m where m.clinic_id = c.clinic_id), c.clinic_id;
end;

-- As before, of clinics that are served here: what the others were not told yet is told from the other place.
create or replace function subscribers_due(at_time timestamptz, rows_max integer)
returns table (clinic_id uuid, subscriber_id uuid, silences integer)
language sql stable security definer set search_path = public, pg_temp
begin atomic
select h.clinic_id, h.subscriber_id, h.silences
from public.subscriber_heads as h
inner join public.subscribers as s on h.clinic_id = s.clinic_id and h.subscriber_id = s.subscriber_id
where
    s.deleted_at is null
    and (h.leased_until is null or h.leased_until <= at_time)
    and not exists (select from public.clinic_moves as m where m.clinic_id = h.clinic_id)
    and (
        exists (
            select from public.notices as n
            where n.clinic_id = h.clinic_id and n.seq > h.read_seq and n.at > h.read_at - interval '7 days'
        )
        or (
            s.status = 'active'
            and (h.paused_until is null or h.paused_until <= at_time)
            and (
                h.tried_sequence < h.sequence
                or exists (
                    select from public.retries as r
                    where r.clinic_id = h.clinic_id and r.subscriber_id = h.subscriber_id and r.due_at <= at_time
                )
            )
        )
    )
order by h.silences, h.read_at
limit rows_max;
end;
