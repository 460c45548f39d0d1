-- Runs under releases that know 0066_moved_alone.sql.
--
-- When a person's own row and an enrollment were last changed, for readers who fetch what is new (FHIR's
-- _lastUpdated). Null where they stand as they were made, and where they were last changed before this column.
alter table participants add column changed_at timestamptz;
alter table enrollments add column changed_at timestamptz;
grant update (changed_at) on enrollments to rewards_service;
