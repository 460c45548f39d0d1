-- One publication of a program at a time, so that two at once are given two version numbers.
select pg_advisory_xact_lock(hashtextextended($1::uuid::text || $2::text, 0))
