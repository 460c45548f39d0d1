-- name: balances
select b.participant_id, b.unit, b.available, b.held, b.given, b.earned
from unnest(:participants::uuid[]) as asked (participant_id)
cross join lateral (
    select * from balances
    where balances.clinic_id = :clinic and balances.participant_id = asked.participant_id
    offset 0
) as b
order by b.participant_id, b.unit;

-- name: record
-- All that a batch of deeds leaves in the books, in one statement: facts with their first answers, the
-- checkpoints after them, awards, transfers, the balances these lead to, and the audit trail's entries. The
-- balances are whole new values, worked out under the participants' locks; the checks on them are the last word.
-- Each value is an array with one element a row, named after its table and column (`entry` is of the audit trail),
-- except :notices: what the log is told, which is kept only where the clinic has a subscriber, under the number of
-- the last audit entry.
--
-- Each entry comes with 64 bytes: its digest, and a link that is not kept (service/core/audit_chain.py). The end of
-- the chain is one row a clinic, which every batch locks: PostgreSQL runs what stands first here last, so it is locked
-- just before the commit.
with recursive head as (
    select seq, hash, coalesce(seal, '\x0000000000000000000000000000000000000000000000000000000000000000') as seal
    from audit_heads
    where clinic_id = :clinic and cardinality(:entry_keyed::bytea[]) > 0
    for update
),

link as (
    select 0 as place, hash, seal from head
    union all
    select
        place + 1, sha256(hash || (:entry_keyed::bytea[])[place + 1]),
        sha256(seal || hash || (:entry_keyed::bytea[])[place + 1])
    from link
    where place < cardinality(:entry_keyed::bytea[])
),

chain as (
    select
        array_agg(hash order by place) filter (where place > 0) as hashes,
        (array_agg(seal order by place desc))[1] as seal
    from link
),

chained as (
    update audit_heads
    set
        seq = head.seq + cardinality(chain.hashes), hash = chain.hashes[cardinality(chain.hashes)],
        seal = chain.seal
    from head
    cross join chain
    where audit_heads.clinic_id = :clinic
),

told as (
    insert into audit
    (clinic_id, seq, at, actor_id, role, deed, subject_id, participant_id, detail, digest, hash)
    select
        :clinic, head.seq + entry.place, :now, entry.actor_id, entry.role, entry.deed, entry.subject_id,
        entry.participant_id, entry.detail, substring(entry.keyed from 1 for 32), entry.hash
    from head
    cross join chain
    cross join lateral unnest(
        :entry_actor_id::uuid[], :entry_role::text[], :entry_deed::text[], :entry_subject_id::uuid[],
        :entry_participant_id::uuid[], :entry_detail::text[], :entry_keyed::bytea[], chain.hashes
    ) with ordinality as entry (
        actor_id, role, deed, subject_id, participant_id, detail, keyed, hash, place
    )
),

noticed as (
    insert into notices (clinic_id, seq, at, body)
    select :clinic, head.seq + cardinality(:entry_keyed::bytea[]), :now, :notices::bytea
    from head
    where
        :notices::bytea is not null
        and exists (select from subscribers where clinic_id = :clinic and deleted_at is null)
),

recorded as (
    insert into events (
        clinic_id, event_id, enrollment_id, participant_id, fact_no, target, outcome, effect, program_week,
        occurred_at, recorded_at, recorded_by, recording_id, reference, reference_no, evidence, note, digest,
        receipt, expected_on, another_of, imported
    )
    select :clinic, e.id, e.enrollment_id, e.participant_id, e.fact_no, e.target, e.outcome, e.effect, e.program_week,
        e.occurred_at, :now, e.recorded_by, e.recording_id, e.reference, e.reference_no, e.evidence, e.note, e.digest,
        e.receipt, e.expected_on, e.another_of, e.imported
    from unnest(
        :event_id::uuid[], :event_enrollment_id::uuid[], :event_participant_id::uuid[], :event_fact_no::integer[],
        :event_target::text[], :event_outcome::text[], :event_effect::text[], :event_program_week::integer[],
        :event_occurred_at::timestamptz[], :event_recorded_by::uuid[], :event_recording_id::uuid[],
        :event_reference::text[], :event_reference_no::integer[], :event_evidence::bytea[], :event_note::bytea[],
        :event_digest::bytea[], :event_receipt::bytea[], :event_expected_on::date[], :event_another_of::uuid[],
        :event_imported::boolean[]
    ) as e (
        id, enrollment_id, participant_id, fact_no, target, outcome, effect, program_week, occurred_at,
        recorded_by, recording_id, reference, reference_no, evidence, note, digest, receipt, expected_on,
        another_of, imported
    )
),

advanced as (
    insert into checkpoints (clinic_id, enrollment_id, facts, state)
    select :clinic, c.enrollment_id, c.facts, c.state
    from unnest(
        :checkpoint_enrollment_id::uuid[], :checkpoint_facts::integer[], :checkpoint_state::bytea[]
    ) as c (enrollment_id, facts, state)
    on conflict (clinic_id, enrollment_id) do update
        set facts = excluded.facts, state = excluded.state
),

posted as (
    insert into awards (
        clinic_id, enrollment_id, fact_no, award_id, participant_id, event_id, cause_no, slot, kind, unit, amount,
        clipped, overpaid, unrecovered, withheld, why, posted_at
    )
    select :clinic, a.enrollment_id, a.fact_no, a.id, a.participant_id, a.event_id, a.cause_no, a.slot, a.kind,
        a.unit, a.amount, a.clipped, a.overpaid, a.unrecovered, a.withheld, a.why, :now
    from unnest(
        :award_enrollment_id::uuid[], :award_fact_no::integer[], :award_id::uuid[], :award_participant_id::uuid[],
        :award_event_id::uuid[], :award_cause_no::integer[], :award_slot::text[],
        :award_kind::text[], :award_unit::text[], :award_amount::bigint[], :award_clipped::bigint[],
        :award_overpaid::bigint[], :award_unrecovered::bigint[], :award_withheld::bigint[], :award_why::bytea[]
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
    select :clinic, m.participant_id, m.unit, m.id, m.source, m.destination, m.amount, m.cause, m.cause_id,
        m.enrollment_id, m.fact_no, :now, m.day, m.funding
    from unnest(
        :transfer_id::uuid[], :transfer_participant_id::uuid[], :transfer_unit::text[], :transfer_source::text[],
        :transfer_destination::text[], :transfer_amount::bigint[], :transfer_cause::text[],
        :transfer_cause_id::uuid[],
        :transfer_enrollment_id::uuid[], :transfer_fact_no::integer[], :transfer_day::date[], :transfer_funding::text[]
    ) as m (
        id, participant_id, unit, source, destination, amount, cause, cause_id, enrollment_id, fact_no, day, funding
    )
)

insert into balances (clinic_id, participant_id, unit, available, held, given, earned)
select :clinic, b.participant_id, b.unit, b.available, b.held, b.given, b.earned
from unnest(
    :balance_participant_id::uuid[], :balance_unit::text[], :balance_available::bigint[], :balance_held::bigint[],
    :balance_given::bigint[], :balance_earned::bigint[]
)
    as b (participant_id, unit, available, held, given, earned)
on conflict (clinic_id, participant_id, unit) do update
set available = excluded.available, held = excluded.held, given = excluded.given, earned = excluded.earned;

-- name: sheets
-- The balances of those participants that there are, each where its chart leads; one without any has a row with no
-- unit.
select asked.participant_id as asked_id, p.participant_id, b.unit, b.available, b.held, b.given, b.earned
from unnest(:participants::uuid[]) as asked (participant_id)
cross join lateral (
    select coalesce(participants.survivor_id, participants.participant_id) as participant_id from participants
    where participants.clinic_id = :clinic and participants.participant_id = asked.participant_id
    offset 0
) as p
left join lateral (
    select * from balances
    where balances.clinic_id = :clinic and balances.participant_id = p.participant_id
    offset 0
) as b on true
order by asked.participant_id, b.unit;
