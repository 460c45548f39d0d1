-- How much one person opens enrollments with in welcomes on one day, for all participants together, before a colleague
-- looks: people can be made up, and nobody has to behave in any way for a welcome.
alter table second_person_rules
add column welcomed_usd_max bigint default 10000,
add column welcomed_points_max bigint default 10000,
add column welcomed_draws_max bigint default 100,
add constraint second_person_rules_welcomes_not_negative
check (welcomed_usd_max >= 0 and welcomed_points_max >= 0 and welcomed_draws_max >= 0);
