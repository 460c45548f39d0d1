-- Missed visits are recorded beside each other, but never beside a closure that is being entered.
select pg_advisory_xact_lock_shared($1)
