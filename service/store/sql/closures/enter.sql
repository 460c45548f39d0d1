-- Whoever enters a closure waits for missed visits that are being recorded, and these wait for it.
select pg_advisory_xact_lock($1)
