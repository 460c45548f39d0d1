-- How a table is read: what its columns, times and outcome words mean, as somebody has chosen or as it was guessed.

-- Encrypted: its columns and words are those of a file about people.
alter table imports add column mapping bytea;
-- A keyed hash of the names of its columns: what was chosen for a table is offered for the next with the same names.
alter table imports add column header bytea;
create index imports_by_header on imports (clinic_id, header, import_id)
where header is not null and begun_at is not null;

grant update (mapping) on imports to rewards_service;
