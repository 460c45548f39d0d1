-- The audit chain is keyed by AUDIT_KEY, which the database does not hold: service/core/audit_chain.py says how.
--
-- The seal takes in every entry's secret link and the seal before, and only the last one is kept: who cuts off the
-- newest entries has no seal for what is left. Null until the first entry that is keyed; a process of the release
-- before leaves it as it is.
alter table audit_heads add column seal bytea,
add constraint audit_heads_seal_is_a_hash check (length(seal) = 32);
