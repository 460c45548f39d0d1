-- Why two charts were merged, and why a merge was undone: said by whoever did it, encrypted. What was merged before has
-- none, and the API asks for none.
alter table merges add column reason bytea;
alter table unmerges add column reason bytea;
