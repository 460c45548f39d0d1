-- Runs under releases that know 0066_moved_alone.sql.
--
-- How much of what one person hands out in a week, in cents of worth, may go to people whom nobody else has had to do with:
-- many can be made up and given little each, under every bound of one participant.
alter table second_person_rules
add column unseen_usd_max bigint default 20000,
add constraint second_person_rules_unseen_not_negative check (unseen_usd_max >= 0);
