-- name: exists
-- Whether an id is that of a member of staff, a key or a source.
select
    exists (select from staff where clinic_id = :clinic and staff_id = :actor)
    or exists (select from keys where clinic_id = :clinic and key_id = :actor)
    or exists (select from sources where clinic_id = :clinic and source_id = :actor) as found;

-- name: is_feed
-- Whether an id is that of a source, or of a key that records for a program.
select
    exists (select from keys where clinic_id = :clinic and key_id = :actor and role = 'integration')
    or exists (select from sources where clinic_id = :clinic and source_id = :actor) as found;

-- name: names
-- What some actors are called: members of staff by their sealed names and addresses, keys by their labels, sources by
-- their names.
select
    asked.actor_id, m.name as staff_name, m.email as staff_email, k.label, k.key_id, s.source_id, s.name as source_name
from unnest(:actors::uuid[]) as asked (actor_id)
left join staff as m on m.clinic_id = :clinic and asked.actor_id = m.staff_id
left join keys as k on k.clinic_id = :clinic and asked.actor_id = k.key_id
left join sources as s on s.clinic_id = :clinic and asked.actor_id = s.source_id;
