-- What a backup is made of, and what a database must be so that one may be restored into it.

-- name: clinics
-- Where every clinic's books stand.
select
    h.clinic_id, h.seq, h.hash, count(e.event_id) as events, max(e.recorded_at) as newest
from audit_heads as h
left join events as e on h.clinic_id = e.clinic_id
group by h.clinic_id, h.seq, h.hash
order by h.clinic_id;

-- name: migrations
select name from schema_migrations
order by name;

-- name: others
-- How many other logins work in this database now.
select count(*) as others from pg_stat_activity
where datname = current_database() and pid <> pg_backend_pid() and usename is not null;

-- name: powers
-- Whether whoever asks sees the rows of all clinics: a superuser, one whom row-level security does not hold for, or the
-- owner, who has said so.
select r.rolsuper or r.rolbypassrls or pg_has_role(c.relowner, 'usage') as is_enough
from pg_roles as r
cross join pg_class as c
where r.rolname = current_user and c.oid = 'clinics'::regclass;

-- name: role_settings
-- What the service's role has set for it on this server.
select unnest(rolconfig) as setting from pg_roles
where rolname = :role;

-- name: standing
-- What stands in a database: whether our tables do, others alone do, or what was put aside by a restore that was ended.
select
    to_regclass('public.schema_migrations') is not null as is_ours,
    to_regnamespace('before_restore') is not null as is_aside,
    exists (
        select from pg_class as c
        where c.relnamespace = to_regnamespace('public') and c.relkind in ('r', 'p', 'v', 'm')
    ) as is_filled;

-- name: tables
-- Every table, a partitioned one as a whole.
select c.relname as name from pg_class as c
where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
order by c.relname;
