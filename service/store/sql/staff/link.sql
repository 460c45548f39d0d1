-- From now on they are known at the identity provider; whoever is known there already stays.
update staff set subject_index = $3, revision = revision + 1
where clinic_id = $1 and staff_id = $2 and subject_index is null
returning staff_id
