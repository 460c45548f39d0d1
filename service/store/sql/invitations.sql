-- name: find
-- The link with this token that is in force, which nobody else uses until the transaction ends.
select invitation_id, staff_id, ends_at, made_by, mark
from invitations
where
    clinic_id = :clinic and token_hash = :token_hash and used_at is null and retired_at is null
    and ends_at > :now
for update;

-- name: in_force_since
select made_at
from invitations
where
    clinic_id = :clinic and staff_id = :staff_id and used_at is null and retired_at is null
    and ends_at > :now;

-- name: insert
insert into invitations (clinic_id, invitation_id, staff_id, token_hash, made_at, made_by, ends_at, mark)
values (:clinic, :invitation_id, :staff_id, :token_hash, :now, :made_by, :ends_at, :mark);

-- name: retire
-- A member of staff's links open nothing any more.
update invitations set retired_at = :now
where clinic_id = :clinic and staff_id = :staff_id and used_at is null and retired_at is null;

-- name: retire_made_by
-- The links that a member of staff, or a key of theirs, made for anybody open nothing any more.
update invitations set retired_at = :now
where
    clinic_id = :clinic
    and used_at is null
    and retired_at is null
    and made_by in (
        select k.key_id from keys as k
        where k.clinic_id = :clinic and k.responsible = :staff_id
        union all
        select :staff_id
    );

-- name: use
update invitations set used_at = :now
where clinic_id = :clinic and invitation_id = :invitation_id;
