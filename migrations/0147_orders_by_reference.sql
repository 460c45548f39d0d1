-- Runs under releases that know 0066_moved_alone.sql.
--
-- A provider's notice names an order by the provider's own reference.
create index provider_orders_by_reference on provider_orders (clinic_id, provider_account_id, provider_reference)
where provider_reference is not null;
