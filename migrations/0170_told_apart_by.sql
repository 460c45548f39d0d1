-- Runs under releases that know 0066_moved_alone.sql.
--
-- What tells people of one name apart at the desk: the year of birth, or another mark of the clinic's. Encrypted like names.
alter table participants add column mark bytea;
