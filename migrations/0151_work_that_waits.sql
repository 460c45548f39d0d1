-- Runs under releases that know 0066_moved_alone.sql.
--
-- Consents whose last day comes are found by it, for the list of work that waits.
create index consents_ending on consents (clinic_id, expires_on) where revoked_at is null and expires_on is not null;
