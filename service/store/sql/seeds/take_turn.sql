-- One rotation of a clinic's seeds at a time; whoever waited looks at the seed in use only afterwards.
select pg_advisory_xact_lock(hashtextextended($1::uuid::text || '/seeds', 0))
