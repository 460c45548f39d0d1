-- One at a time where the first clinic of a service is made.
select pg_advisory_xact_lock(7240014)
