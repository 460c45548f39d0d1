-- Runs under releases that know 0066_moved_alone.sql.
--
-- Subscribers who are told in FHIR: what they are sent says the same, as a bundle of the Subscriptions R5 Backport.
alter table subscribers add column format text not null default 'plain';
alter table subscribers add constraint subscribers_format_is_known check (format in ('plain', 'fhir'));
