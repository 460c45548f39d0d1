-- Runs under releases that know 0066_moved_alone.sql.
--
-- The year of birth, where the clinic keeps it: it says who is a minor. Encrypted like names.
alter table participants add column birth_year bytea;
