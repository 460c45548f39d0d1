-- Runs under releases that know 0066_moved_alone.sql.
--
-- The number at which people in care reach their team; they see it on their own page.
alter table clinics add column phone text;
alter table clinics add constraint clinics_phone_is_short check (length(phone) between 3 and 32);
grant update (phone) on clinics to rewards_service;
