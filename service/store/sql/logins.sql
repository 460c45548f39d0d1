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
