-- name: connections_max
-- How many connections the login of this connection may have: the server's, without those that are kept for others,
-- and the login's and the database's own limits where they have one.
select
    least(
        current_setting('max_connections')::integer - current_setting('superuser_reserved_connections')::integer
        - coalesce(current_setting('reserved_connections', true)::integer, 0),
        case when r.rolconnlimit >= 0 then r.rolconnlimit end,
        case when d.datconnlimit >= 0 then d.datconnlimit end
    )
from pg_roles as r
cross join pg_database as d
where r.rolname = session_user and d.datname = current_database();

-- name: powers
-- What the login of this connection can do, by itself or as another role that it may become, whatever role it has
-- taken on. A superuser may become anybody.
select
    session_user::text as login,
    exists (
        select from pg_roles as r
        where (r.rolsuper or r.rolbypassrls) and pg_has_role(session_user, r.oid, 'member')
    ) as is_stepping_over,
    exists (
        select from pg_class as c
        where
            c.relnamespace = 'public'::regnamespace
            and c.relrowsecurity
            and pg_has_role(session_user, c.relowner, 'member')
    ) as is_owner,
    exists (
        select from pg_roles as r
        where r.rolcreaterole and pg_has_role(session_user, r.oid, 'member')
    ) as is_making_roles,
    exists (
        select from pg_roles as r
        where r.rolname = :role and pg_has_role(session_user, r.oid, 'member')
    ) as is_service;
