-- The service logs in as its own role, and not even the owner sees rows of clinics by accident.
--
-- A process that logs in as the owner can give itself back every power (`reset role`), and behind a pooler that
-- shares connections it acts as the owner without knowing. So rewards_service logs in by itself; `rewards migrate`
-- gives it its password. Row-level security is forced, so that it holds for the owner too.

-- The planner is kept on indexes: a plan for arrays of unknown length would else scan and hash a whole clinic.
-- Compiling a plan costs more than running it. Set for the role, since a pooler takes no settings at the start.
do $$
declare
    setting text;
begin
    foreach setting in array array[
        'jit = off', 'plan_cache_mode = force_generic_plan', 'enable_seqscan = off', 'enable_hashjoin = off',
        'enable_mergejoin = off'
    ] loop
        -- Roles belong to the whole server: another database's owner may have made it, or be setting it now.
        begin
            execute format('alter role rewards_service set %s', setting);
        exception when insufficient_privilege or internal_error then
            raise notice 'set % for rewards_service by hand', setting;
        end;
    end loop;
    begin
        revoke create on schema public from public;
    exception when insufficient_privilege then
        raise notice 'revoke create on schema public from public by hand';
    end;
end
$$;

-- Forces row-level security on every table that has it, and lets the owner through where it acts for the service,
-- in one of the functions that run as their owner, or where it says that it means every clinic:
--
--     set app.across = 'owner'; set app.clinic = '00000000-0000-0000-0000-000000000000';
--
-- Called after all migrations, so that no table is forgotten by the one that makes it.
create function close_tables() returns integer
language plpgsql set search_path = public, pg_temp as $$
declare
    one record;
    closed integer := 0;
begin
    for one in
        select c.oid, c.relname as name
        from pg_class as c
        where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and c.relrowsecurity
            and (not c.relforcerowsecurity or not exists (
                select from pg_policy as p where p.polrelid = c.oid and p.polname = c.relname || '_owner'
            ))
        order by c.relname
    loop
        perform close_table(one.name);
        closed := closed + 1;
    end loop;
    return closed;
end
$$;

create function close_table(name text) returns void
language plpgsql set search_path = public, pg_temp as $$
begin
    execute format('alter table %I enable row level security, force row level security', name);
    execute format('drop policy if exists %I on %I', name || '_owner', name);
    execute format(
        'create policy %I on %I to %I using ((select session_user <> current_user
            or current_setting(''app.across'', true) = ''owner''))',
        name || '_owner', name, current_user
    );
end
$$;
revoke all on function close_tables(), close_table(text) from public;

-- As it was, and each week is closed as all tables are. Weeks lie within the years by which a clock may be shifted.
create or replace function make_weeks(first_day date, weeks integer) returns integer
language plpgsql security definer set search_path = public, pg_temp set lock_timeout = '200ms' as $$
declare
    parent text;
    moment text;
    part text;
    week date;
    first_moment timestamptz;
    next_moment timestamptz;
    made integer := 0;
begin
    if weeks is null or weeks not between 1 and 60 then
        raise exception 'weeks are made 1 to 60 at a time';
    end if;
    if first_day is null or first_day not between current_date - 3700 and current_date + 3700 then
        raise exception 'weeks are made within ten years of today';
    end if;
    foreach parent in array array['notices', 'deliveries', 'attempts'] loop
        for place in 0..weeks - 1 loop
            week := date_trunc('week', first_day)::date + 7 * place;
            part := format('%s_%s', parent, to_char(week, 'YYYYMMDD'));
            first_moment := week::timestamp at time zone 'UTC';
            next_moment := (week + 7)::timestamp at time zone 'UTC';
            moment := case parent when 'deliveries' then 'created_at' else 'at' end;
            if to_regclass(part) is null then
                -- What came before its week was made moves over into it.
                execute format('lock table %I in access exclusive mode', parent || '_beyond');
                execute format(
                    'create temporary table beyond on commit drop as select * from %I where %I >= %L and %I < %L',
                    parent || '_beyond', moment, first_moment, moment, next_moment
                );
                execute format(
                    'delete from %I where %I >= %L and %I < %L',
                    parent || '_beyond', moment, first_moment, moment, next_moment
                );
                execute format(
                    'create table %I partition of %I for values from (%L) to (%L)',
                    part, parent, first_moment, next_moment
                );
                perform close_table(part);
                execute format('insert into %I select * from beyond', part);
                drop table beyond;
                made := made + 1;
            end if;
        end loop;
    end loop;
    return made;
end
$$;

-- As it was, but no week is dropped before it has been over for fourteen days, the least that NOTICES_KEEP_DAYS may
-- be: whoever has the service's login cannot empty the log of all clinics.
create or replace function drop_weeks(before_day date) returns integer
language plpgsql security definer set search_path = public, pg_temp set lock_timeout = '200ms' as $$
declare
    part record;
    needed boolean;
    dropped integer := 0;
begin
    if before_day is null or before_day > current_date - 14 then
        raise exception 'weeks are dropped once they have been over for 14 days'
            using hint = 'ask for a day that lies at least 14 days back';
    end if;
    for part in
        select c.relname as name, p.relname as parent, w.ends
        from pg_inherits as i
        inner join pg_class as c on i.inhrelid = c.oid
        inner join pg_class as p on i.inhparent = p.oid
        cross join lateral (
            -- In a plan this may come before the condition on the parent: other names have no week in them.
            select case when c.relname like '%\_beyond' then before_day
                when c.relname ~ '_[0-9]{8}$' then to_date(right(c.relname, 8), 'YYYYMMDD') + 7 end as ends
        ) as w
        where i.inhparent in ('notices'::regclass, 'deliveries'::regclass, 'attempts'::regclass)
            and w.ends <= before_day
        order by w.ends, c.relname
    loop
        execute case part.parent
            when 'notices' then format(
                'select exists (select from subscriber_heads as h
                inner join subscribers as s on h.clinic_id = s.clinic_id and h.subscriber_id = s.subscriber_id
                where s.deleted_at is null and exists (
                    select from %I as n where n.clinic_id = h.clinic_id and n.seq > h.read_seq and n.at < $1
                ))', part.name
            )
            when 'deliveries' then format(
                'select exists (select from subscriber_heads as h
                inner join subscribers as s on h.clinic_id = s.clinic_id and h.subscriber_id = s.subscriber_id
                where s.deleted_at is null and s.status = ''active'' and (exists (
                    select from %1$I as d where d.clinic_id = h.clinic_id and d.subscriber_id = h.subscriber_id
                        and d.sequence > h.tried_sequence and d.created_at < $1
                ) or exists (
                    select from retries as r
                    inner join %1$I as d on r.clinic_id = d.clinic_id and r.subscriber_id = d.subscriber_id
                        and r.sequence = d.sequence and r.created_at = d.created_at
                    where r.clinic_id = h.clinic_id and r.subscriber_id = h.subscriber_id and d.created_at < $1
                )))', part.name
            )
            else 'select false and $1 is null'
        end into needed using before_day::timestamp at time zone 'UTC';
        continue when needed;
        if part.name like '%\_beyond' then
            execute format(
                'delete from %I where %I < $1',
                part.name, case part.parent when 'deliveries' then 'created_at' else 'at' end
            ) using before_day::timestamp at time zone 'UTC';
        else
            execute format('drop table %I', part.name);
            dropped := dropped + 1;
        end if;
    end loop;
    return dropped;
end
$$;
