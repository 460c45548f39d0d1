-- What PostgreSQL says of today's tables, for the print of the schema. What is made and dropped week by week is left
-- out: its name ends in a date.

-- name: after
-- What is said of a table or a view after it: its indexes that no constraint makes, its policies, and what others than
-- its owner may do with it, or with some of its columns only. A policy is for all verbs, and for everybody or for the
-- owner.
select said.oid, said.definition
from (
    select 1 as place, i.indrelid as oid, x.relname as name, pg_get_indexdef(i.indexrelid, 0, true) as definition
    from pg_index as i
    inner join pg_class as x on i.indexrelid = x.oid
    where not x.relispartition and not exists (
        select from pg_constraint as k
        where k.conindid = i.indexrelid and k.contype in ('p', 'u', 'x')
    )
    union all
    select
        2, p.polrelid, p.polname,
        format(
            'create policy %I on %s%s using (%s)',
            p.polname, p.polrelid::regclass, case when p.polroles = array[c.relowner] then ' to rewards_owner' end,
            pg_get_expr(p.polqual, p.polrelid, true)
        )
    from pg_policy as p
    inner join pg_class as c on p.polrelid = c.oid
    where p.polcmd = '*' and p.polpermissive and p.polroles in ('{0}', array[c.relowner]) and p.polwithcheck is null
    union all
    select
        3, g.oid, g.grantee::regrole::text,
        format('grant %s on %s to %s', string_agg(
            g.privilege, ', ' order by position(g.privilege in 'SELECT INSERT UPDATE DELETE')
        ), g.oid::regclass, g.grantee::regrole)
    from (
        select c.oid, c.relowner, a.grantee, a.privilege_type as privilege
        from pg_class as c
        cross join lateral aclexplode(c.relacl) as a
    ) as g
    where g.grantee <> g.relowner
    group by g.oid, g.grantee
    union all
    select
        4, g.oid, g.grantee::regrole::text,
        format('grant %s (%s) on %s to %s', g.privilege, string_agg(
            g.name, ', ' order by g.place
        ), g.oid::regclass, g.grantee::regrole)
    from (
        select c.oid, c.relowner, b.grantee, b.privilege_type as privilege, a.attname as name, a.attnum as place
        from pg_class as c
        inner join pg_attribute as a on c.oid = a.attrelid
        cross join lateral aclexplode(a.attacl) as b
    ) as g
    where g.grantee <> g.relowner
    group by g.oid, g.grantee, g.privilege
) as said
inner join pg_class as c on said.oid = c.oid
where c.relnamespace = 'public'::regnamespace and not (c.relispartition and c.relname ~ '_[0-9]{8}$')
order by said.oid, said.place, said.name, said.definition;

-- name: columns
-- Every column of a table in its order there.
select
    a.attrelid as oid, a.attname as name, format_type(a.atttypid, a.atttypmod) as type, a.attnotnull as is_filled,
    pg_get_expr(d.adbin, d.adrelid) as default
from pg_attribute as a
inner join pg_class as c on a.attrelid = c.oid
left join pg_attrdef as d on a.attrelid = d.adrelid and a.attnum = d.adnum
where
    c.relnamespace = 'public'::regnamespace
    and c.relkind in ('r', 'p')
    and a.attnum > 0
    and not a.attisdropped
order by a.attrelid, a.attnum;

-- name: constraints
-- Every constraint of a table: first its key, then what is unique, where it leads to, and what each row must be.
-- One that is not whole holds for the rows written since it was made.
select
    k.conrelid as oid, c.relname as table, k.conname as name, k.confrelid as leads_to, k.convalidated as is_whole,
    pg_get_constraintdef(k.oid, true) as definition
from pg_constraint as k
inner join pg_class as c on k.conrelid = c.oid
where
    c.relnamespace = 'public'::regnamespace
    and not c.relispartition
    and k.contype in ('p', 'u', 'f', 'c', 'x')
order by k.conrelid, position(k.contype::text in 'pufcx'), k.conname;

-- name: functions
-- Every function, with those who may call it besides its owner; none is left to everybody.
select
    p.proname as name, pg_get_function_identity_arguments(p.oid) as arguments,
    pg_get_functiondef(p.oid) as definition,
    array(
        select a.grantee::regrole::text from aclexplode(p.proacl) as a
        where a.grantee <> p.proowner
        order by 1
    ) as callers
from pg_proc as p
where p.pronamespace = 'public'::regnamespace
order by p.oid;

-- name: relations
-- Every table and view in the order made.
select
    c.oid, c.relname as name, c.relkind::text as kind, c.relrowsecurity as is_closed, c.relforcerowsecurity as is_forced,
    array_to_string(c.reloptions, ', ') as options, pg_get_partkeydef(c.oid) as partitioned,
    i.inhparent::regclass::text as parent, pg_get_expr(c.relpartbound, c.oid) as bound,
    case when c.relkind = 'v' then pg_get_viewdef(c.oid, true) end as definition
from pg_class as c
left join pg_inherits as i on c.oid = i.inhrelid
where
    c.relnamespace = 'public'::regnamespace
    and c.relkind in ('r', 'p', 'v')
    and not (c.relispartition and c.relname ~ '_[0-9]{8}$')
order by c.oid;

-- name: triggers
-- Every trigger, which stands after the function that it calls.
select pg_get_triggerdef(t.oid, true) as definition
from pg_trigger as t
inner join pg_class as c on t.tgrelid = c.oid
where not t.tgisinternal and c.relnamespace = 'public'::regnamespace
order by c.oid, t.tgname;

-- name: sealable
-- The tables of clinics with columns of bytes, and what tells their rows apart.
select
    c.relname as name,
    array(
        select a.attname::text from unnest(i.indkey::smallint[]) with ordinality as k (attnum, place)
        join pg_attribute as a on a.attrelid = c.oid and a.attnum = k.attnum
        order by k.place
    ) as key,
    array_agg(b.attname::text order by b.attnum) as columns
from pg_class as c
join pg_index as i on i.indrelid = c.oid and i.indisprimary
join pg_attribute as b on b.attrelid = c.oid and b.atttypid = 'bytea'::regtype and not b.attisdropped
    and not b.attnum = any(i.indkey::smallint[])
where
    c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
    and exists (select 1 from pg_attribute as o where o.attrelid = c.oid and o.attname = 'clinic_id')
group by c.oid, c.relname, i.indkey
order by c.relname;

-- name: types
-- Every type that rows are handed over in, with its columns, in the order made.
select c.relname as name, array_agg(a.attname || ' ' || format_type(a.atttypid, a.atttypmod) order by a.attnum) as columns
from pg_class as c
inner join pg_attribute as a on c.oid = a.attrelid
where c.relnamespace = 'public'::regnamespace and c.relkind = 'c'
group by c.oid, c.relname
order by c.oid;
