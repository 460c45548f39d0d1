-- name: insert
insert into releases (
    clinic_id, participant_id, release_id, how, what, recipient, purpose, at, released_by
)
select :clinic, r.participant_id, r.release_id, :how, :what, :recipient, :purpose, :now, :released_by
from unnest(:participant_id::uuid[], :release_id::uuid[]) as r (participant_id, release_id);
