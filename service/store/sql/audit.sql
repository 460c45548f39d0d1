-- name: begin
insert into audit_heads (clinic_id, seq, hash)
values ($1, 0, $2);

-- name: changes
-- Whose records were changed after a place in the audit trail, up to the place `seq`, which is null where nothing
-- was told. What was recorded of several participants at once names none of them. A reading changes nothing.
-- $1 clinic, $2 place, $3 limit.
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
    where clinic_id = $1 and seq > $2
    order by seq
    limit $3
) as told;

-- name: end
-- The place of the audit trail's last entry.
-- $1 clinic.
select seq
from audit_heads
where clinic_id = $1;

-- name: list
-- One page of the trail, newest first, each entry with the hash before it.
-- $1 clinic, $2 cursor, $3 limit, $4 actor, $5 deed, $6 since, $7 until.
select
    a.seq, a.at, a.actor_id, a.role, a.deed, a.subject_id, a.participant_id, a.detail, a.digest, a.hash,
    (select before.hash from audit as before where before.clinic_id = $1 and before.seq = a.seq - 1) as previous
from (
    select * from audit
    where
        clinic_id = $1
        and seq < $2
        and ($4::uuid is null or actor_id = $4)
        and ($5::text is null or deed = $5)
        and ($6::timestamptz is null or at >= $6)
        and ($7::timestamptz is null or at < $7)
    order by seq desc
    limit $3
) as a
order by a.seq desc;

-- name: list_of_participant
-- One page of the trail, newest first, each entry with the hash before it.
-- $1 clinic, $2 cursor, $3 limit, $4 actor, $5 deed, $6 since, $7 participant, $8 until.
select
    a.seq, a.at, a.actor_id, a.role, a.deed, a.subject_id, a.participant_id, a.detail, a.digest, a.hash,
    (select before.hash from audit as before where before.clinic_id = $1 and before.seq = a.seq - 1) as previous
from (
    select * from audit
    where
        clinic_id = $1
        and seq < $2
        and participant_id = $7
        and ($4::uuid is null or actor_id = $4)
        and ($5::text is null or deed = $5)
        and ($6::timestamptz is null or at >= $6)
        and ($8::timestamptz is null or at < $8)
    order by seq desc
    limit $3
) as a
order by a.seq desc;
