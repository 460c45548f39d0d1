-- Append entries to one clinic's hash chain: hash = sha256(hash before || digest).
-- $1 clinic, then arrays: $2 at, $3 actor, $4 role, $5 deed, $6 subject, $7 participant, $8 detail, $9 digest.
with recursive head as (
    select seq, hash from audit_heads where clinic_id = $1 for update
),

link as (
    select 0 as place, seq, hash from head
    union all
    select place + 1, seq + 1, sha256(hash || ($9::bytea[])[place + 1])
    from link
    where place < cardinality($9::bytea[])
),

added as (
    insert into audit
    (clinic_id, seq, at, actor_id, role, deed, subject_id, participant_id, detail, digest, hash)
    select
        $1, link.seq, entry.at, entry.actor_id, entry.role, entry.deed, entry.subject_id,
        entry.participant_id, entry.detail, entry.digest, link.hash
    from unnest(
        $2::timestamptz[], $3::uuid[], $4::text[], $5::text[], $6::uuid[], $7::uuid[], $8::text[], $9::bytea[]
    ) with ordinality as entry (at, actor_id, role, deed, subject_id, participant_id, detail, digest, place)
    inner join link on entry.place = link.place
)

update audit_heads set seq = last.seq, hash = last.hash
from (select link.seq, link.hash from link order by link.place desc limit 1) as last
where audit_heads.clinic_id = $1
