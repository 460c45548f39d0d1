-- Runs under releases that know 0066_moved_alone.sql.
--
-- Enrollments are found by their start day, for the report of how many stay.
create index enrollments_by_start on enrollments (clinic_id, starts_on);
