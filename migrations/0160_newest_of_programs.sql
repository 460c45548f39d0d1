-- Runs under releases that know 0066_moved_alone.sql.
--
-- The newest enrollments of a program, in any version, open or closed: they are folded again by a draft, say how people
-- come, and are looked through for whom another program is due.
create index enrollments_newest_of_program on enrollments (clinic_id, program, enrollment_id);
