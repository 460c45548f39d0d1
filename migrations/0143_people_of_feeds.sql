-- Runs under releases that know 0066_moved_alone.sql.
--
-- A message may say who somebody is: registered, changed, numbered or gone, and that two charts are one person's.
alter table inbound_effects drop constraint inbound_effects_kind_is_known;
alter table inbound_effects add constraint inbound_effects_kind_is_known check (kind in (
    'recorded', 'corrected', 'withdrawn', 'known', 'planned', 'canceled', 'registered', 'changed', 'merged'
));
