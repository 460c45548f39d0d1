-- part: columns
-- An entry `a` with the hash of the one before it.
a.seq, a.at, a.actor_id, a.role, a.deed, a.subject_id, a.participant_id, a.detail, a.digest, a.hash,
(select before.hash from audit as before where before.clinic_id = :clinic and before.seq = a.seq - 1) as previous;

-- name: begin
insert into audit_heads (clinic_id, seq, hash, seal)
values (:clinic, 0, :hash, :seal);

-- name: changes
-- Whose records were changed after a place in the audit trail, up to the place `seq`, which is null where nothing
-- was told. What was recorded of several participants at once names none of them. A reading changes nothing.
select
    max(seq) as seq,
    count(*) as entries,
    coalesce(
        array_agg(distinct participant_id) filter (
            where participant_id is not null and deed not like '%.read' and deed not like '%.listed'
        ),
        '{}'
    ) as participants,
    coalesce(bool_or(participant_id is null and deed = 'events.recorded'), false) as of_several
from (
    select seq, participant_id, deed from audit
    where clinic_id = :clinic and seq > :after
    order by seq
    limit :limit
) as told;

-- name: end
-- The place of the audit trail's last entry.
select seq
from audit_heads
where clinic_id = :clinic;

-- name: is_keyed
-- Whether the chain has a seal, as it has from its first keyed entry on.
select seal is not null
from audit_heads
where clinic_id = :clinic;

-- name: list
-- One page of the trail, newest first, each entry with the hash before it.
select {columns}
from (
    select * from audit
    where
        clinic_id = :clinic
        and seq < :before
        and (:actor_id::uuid is null or actor_id = :actor_id)
        and (:deed::text is null or deed = :deed)
        and (:since::timestamptz is null or at >= :since)
        and (:until::timestamptz is null or at < :until)
    order by seq desc
    limit :limit
) as a
order by a.seq desc;

-- name: list_of_deed
-- One page of the entries of one deed, newest first.
select {columns}
from (
    select * from audit
    where
        clinic_id = :clinic
        and deed >= :deed
        and (deed, seq) < (:deed, :before)
        -- As the index of deeds says, which is of all but this one.
        and deed <> 'event.recorded'
        and (:actor_id::uuid is null or actor_id = :actor_id)
        and (:since::timestamptz is null or at >= :since)
        and (:until::timestamptz is null or at < :until)
    order by deed desc, seq desc
    limit :limit
) as a
order by a.seq desc;

-- name: list_of_participant
-- One page of the trail of any of some charts, newest first, each entry with the hash before it.
select {columns}
from unnest(:charts::uuid[]) as asked (participant_id)
cross join lateral (
    select * from audit
    where
        clinic_id = :clinic
        and seq < :before
        and audit.participant_id = asked.participant_id
        and (:actor_id::uuid is null or actor_id = :actor_id)
        and (:deed::text is null or deed = :deed)
        and (:since::timestamptz is null or at >= :since)
        and (:until::timestamptz is null or at < :until)
    order by seq desc
    limit :limit
) as a
order by a.seq desc
limit :limit;

-- name: list_of_time
-- One page of the entries between two moments, newest first.
select {columns}
from (
    select * from audit
    where
        clinic_id = :clinic and at >= :since and at < :until and seq < :before
        and (:actor_id::uuid is null or actor_id = :actor_id)
        and (:deed::text is null or deed = :deed)
    order by seq desc
    limit :limit
) as a
order by a.seq desc;
