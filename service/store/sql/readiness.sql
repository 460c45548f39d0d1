-- name: look
-- Whether this server may be written to, and has every migration that the process knows. One that was begun by a newer
-- version has more; that is no fault.
select
    pg_is_in_recovery() or current_setting('transaction_read_only')::boolean as is_read_only,
    not exists (
        select from unnest(:names::text[]) as known (name)
        where not exists (select from schema_migrations as m where m.name = known.name)
    ) as is_migrated;
