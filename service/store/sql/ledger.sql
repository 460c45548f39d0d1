-- name: balances
select b.participant_id, b.unit, b.available, b.held, b.given, b.earned
from unnest($2::uuid[]) as asked (participant_id)
cross join lateral (
    select * from balances
    where balances.clinic_id = $1 and balances.participant_id = asked.participant_id
    offset 0
) as b
order by b.participant_id, b.unit;

-- name: record
-- All that a batch of deeds leaves in the books, in one statement: facts with their first answers, the
-- checkpoints after them, awards, transfers, the balances these lead to, and the audit trail's entries. The
-- balances are whole new values, worked out under the participants' locks; the checks on them are the last word.
-- $1 clinic, $2 now; facts $3 to $18; checkpoints $19 to $21; awards $22 to $36; transfers $37 to $48;
-- balances $49 to $54; audit entries $55 to $61; the due days of visits that nobody came to $62; notices for the
-- log $63, which are kept only where the clinic has a subscriber, under the number of the last audit entry.
--
-- Each entry's hash is sha256(hash before || digest). The end of the chain is one row a clinic, which every
-- batch locks: PostgreSQL runs what stands first here last, so it is locked just before the commit.
with recursive head as (
    select seq, hash from audit_heads
    where clinic_id = $1 and cardinality($61::bytea[]) > 0
    for update
),

link as (
    select 0 as place, hash from head
    union all
    select place + 1, sha256(hash || ($61::bytea[])[place + 1])
    from link
    where place < cardinality($61::bytea[])
),

chain as (
    select array_agg(hash order by place) filter (where place > 0) as hashes from link
),

chained as (
    update audit_heads
    set seq = head.seq + cardinality(chain.hashes), hash = chain.hashes[cardinality(chain.hashes)]
    from head
    cross join chain
    where audit_heads.clinic_id = $1
),

told as (
    insert into audit
    (clinic_id, seq, at, actor_id, role, deed, subject_id, participant_id, detail, digest, hash)
    select
        $1, head.seq + entry.place, $2, entry.actor_id, entry.role, entry.deed, entry.subject_id,
        entry.participant_id, entry.detail, entry.digest, entry.hash
    from head
    cross join chain
    cross join lateral unnest(
        $55::uuid[], $56::text[], $57::text[], $58::uuid[], $59::uuid[], $60::text[], $61::bytea[], chain.hashes
    ) with ordinality as entry (
        actor_id, role, deed, subject_id, participant_id, detail, digest, hash, place
    )
),

noticed as (
    insert into notices (clinic_id, seq, at, body)
    select $1, head.seq + cardinality($61::bytea[]), $2, $63::bytea
    from head
    where
        $63::bytea is not null
        and exists (select from subscribers where clinic_id = $1 and deleted_at is null)
),

recorded as (
    insert into events (
        clinic_id, event_id, enrollment_id, participant_id, fact_no, target, outcome, effect, program_week,
        occurred_at, recorded_at, recorded_by, recording_id, reference, evidence, note, digest, receipt,
        expected_on
    )
    select $1, e.id, e.enrollment_id, e.participant_id, e.fact_no, e.target, e.outcome, e.effect, e.program_week,
        e.occurred_at, $2, e.recorded_by, e.recording_id, e.reference, e.evidence, e.note, e.digest, e.receipt,
        e.expected_on
    from unnest(
        $3::uuid[], $4::uuid[], $5::uuid[], $6::integer[], $7::text[], $8::text[], $9::text[], $10::integer[],
        $11::timestamptz[], $12::uuid[], $13::uuid[], $14::text[], $15::bytea[], $16::bytea[], $17::bytea[],
        $18::bytea[], $62::date[]
    ) as e (
        id, enrollment_id, participant_id, fact_no, target, outcome, effect, program_week, occurred_at,
        recorded_by, recording_id, reference, evidence, note, digest, receipt,
        expected_on
    )
),

advanced as (
    insert into checkpoints (clinic_id, enrollment_id, facts, state)
    select $1, c.enrollment_id, c.facts, c.state
    from unnest($19::uuid[], $20::integer[], $21::bytea[]) as c (enrollment_id, facts, state)
    on conflict (clinic_id, enrollment_id) do update
        set facts = excluded.facts, state = excluded.state
),

posted as (
    insert into awards (
        clinic_id, enrollment_id, fact_no, award_id, participant_id, event_id, cause_no, slot, kind, unit, amount,
        clipped, overpaid, unrecovered, withheld, why, posted_at
    )
    select $1, a.enrollment_id, a.fact_no, a.id, a.participant_id, a.event_id, a.cause_no, a.slot, a.kind,
        a.unit, a.amount, a.clipped, a.overpaid, a.unrecovered, a.withheld, a.why, $2
    from unnest(
        $22::uuid[], $23::integer[], $24::uuid[], $25::uuid[], $26::uuid[], $27::integer[], $28::text[],
        $29::text[], $30::text[], $31::bigint[], $32::bigint[], $33::bigint[], $34::bigint[], $35::bigint[], $36::bytea[]
    ) as a (
        enrollment_id, fact_no, id, participant_id, event_id, cause_no, slot, kind, unit, amount, clipped,
        overpaid, unrecovered, withheld, why
    )
),

moved as (
    insert into transfers (
        clinic_id, participant_id, unit, transfer_id, source, destination, amount, cause, cause_id,
        enrollment_id, fact_no, at, day, funding
    )
    select $1, m.participant_id, m.unit, m.id, m.source, m.destination, m.amount, m.cause, m.cause_id,
        m.enrollment_id, m.fact_no, $2, m.day, m.funding
    from unnest(
        $37::uuid[], $38::uuid[], $39::text[], $40::text[], $41::text[], $42::bigint[], $43::text[], $44::uuid[],
        $45::uuid[], $46::integer[], $47::date[], $48::text[]
    ) as m (
        id, participant_id, unit, source, destination, amount, cause, cause_id, enrollment_id, fact_no, day, funding
    )
)

insert into balances (clinic_id, participant_id, unit, available, held, given, earned)
select $1, b.participant_id, b.unit, b.available, b.held, b.given, b.earned
from unnest($49::uuid[], $50::text[], $51::bigint[], $52::bigint[], $53::bigint[], $54::bigint[])
    as b (participant_id, unit, available, held, given, earned)
on conflict (clinic_id, participant_id, unit) do update
set available = excluded.available, held = excluded.held, given = excluded.given, earned = excluded.earned;

-- name: sheets
-- The balances of those participants that there are; one without any has a row with no unit.
select p.participant_id, b.unit, b.available, b.held, b.given, b.earned
from unnest($2::uuid[]) as asked (participant_id)
cross join lateral (
    select participants.participant_id from participants
    where participants.clinic_id = $1 and participants.participant_id = asked.participant_id
    offset 0
) as p
left join lateral (
    select * from balances
    where balances.clinic_id = $1 and balances.participant_id = asked.participant_id
    offset 0
) as b on true
order by p.participant_id, b.unit;
