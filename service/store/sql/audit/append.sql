-- Append entries to one clinic's hash chain: hash = sha256(hash before || digest).
-- $1 clinic, then arrays: $2 at, $3 actor, $4 role, $5 deed, $6 subject, $7 participant, $8 detail, $9 digest.
with recursive head as (
    select seq, hash from audit_heads
    where clinic_id = $1
    for update
),

link as (
    select 0 as place, hash from head
    union all
    select place + 1, sha256(hash || ($9::bytea[])[place + 1])
    from link
    where place < cardinality($9::bytea[])
),

chain as (
    select array_agg(hash order by place) filter (where place > 0) as hashes from link
),

added as (
    insert into audit
    (clinic_id, seq, at, actor_id, role, deed, subject_id, participant_id, detail, digest, hash)
    select
        $1, head.seq + entry.place, entry.at, entry.actor_id, entry.role, entry.deed, entry.subject_id,
        entry.participant_id, entry.detail, entry.digest, entry.hash
    from head
    cross join chain
    cross join lateral unnest(
        $2::timestamptz[], $3::uuid[], $4::text[], $5::text[], $6::uuid[], $7::uuid[], $8::text[], $9::bytea[],
        chain.hashes
    ) with ordinality as entry (
        at, actor_id, role, deed, subject_id, participant_id, detail, digest, hash, place
    )
)

update audit_heads
set seq = head.seq + cardinality(chain.hashes), hash = chain.hashes[cardinality(chain.hashes)]
from head
cross join chain
where audit_heads.clinic_id = $1
