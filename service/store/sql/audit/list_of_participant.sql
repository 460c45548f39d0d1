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
order by a.seq desc
