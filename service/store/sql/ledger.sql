-- name: balances
select b.participant_id, b.unit, b.available, b.held, b.given, b.earned
from unnest(:participants::uuid[]) as asked (participant_id)
cross join lateral (
    select * from balances
    where balances.clinic_id = :clinic and balances.participant_id = asked.participant_id
    offset 0
) as b
order by b.participant_id, b.unit;

-- part: chain
-- The end of a clinic's audit chain is one row, which every batch locks: PostgreSQL runs what stands first here last,
-- so it is locked just before the commit. Each entry comes with 64 bytes, `keyed`: its digest, and a link that is not
-- kept (service/core/audit_chain.py).
head as (
    select seq, hash, coalesce(seal, '\x0000000000000000000000000000000000000000000000000000000000000000') as seal
    from audit_heads
    where clinic_id = :clinic and cardinality(:entries::entry_row[]) > 0
    for update
),

link as (
    select 0 as place, hash, seal from head
    union all
    select
        place + 1, sha256(hash || ((:entries::entry_row[])[place + 1]).keyed),
        sha256(seal || hash || ((:entries::entry_row[])[place + 1]).keyed)
    from link
    where place < cardinality(:entries::entry_row[])
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
        :clinic, head.seq + e.place, :now, e.actor_id, e.role, e.deed, e.subject_id, e.participant_id, e.detail,
        substring(e.keyed from 1 for 32), chain.hashes[e.place]
    from head
    cross join chain
    cross join lateral unnest(:entries::entry_row[]) with ordinality as e (
        actor_id, role, deed, subject_id, participant_id, detail, keyed, place
    )
),

noticed as (
    insert into notices (clinic_id, seq, at, body)
    select :clinic, head.seq + cardinality(:entries::entry_row[]), :now, :notices::bytea
    from head
    where
        :notices::bytea is not null
        and exists (select from subscribers where clinic_id = :clinic and deleted_at is null)
);

-- name: record
-- All that a batch of deeds leaves in the books, in one statement: facts with their first answers, the
-- checkpoints after them, awards, transfers, the balances these lead to, and the audit trail's entries. The
-- balances are whole new values, worked out under the participants' locks; the checks on them are the last word.
-- Each value is an array of rows of the type that is named after its table, except :notices: what the log is told,
-- which is kept only where the clinic has a subscriber, under the number of the last audit entry.
--
-- What was decided from state at hand is written only where nothing that it was decided from has changed: each row of
-- the people in :known was written by a transaction that is known of them (xmin), there are no caps, a subscriber only
-- as :listens says, and no event under :references. It is asked first, under the locks that the transaction began with;
-- whoever writes what is a participant's holds that lock. A standby that took over counts transactions from where it
-- was, which may be less far: what was kept holds in its :timeline alone. All of these are empty where all was read.
with recursive {chain},

recorded as (
    insert into events (
        clinic_id, event_id, enrollment_id, participant_id, fact_no, target, outcome, effect, program_week,
        occurred_at, recorded_at, recorded_by, recording_id, reference, reference_no, evidence, note, digest,
        receipt, expected_on, another_of, imported, quantity, minutes
    )
    select :clinic, e.event_id, e.enrollment_id, e.participant_id, e.fact_no, e.target, e.outcome, e.effect,
        e.program_week, e.occurred_at, :now, e.recorded_by, e.recording_id, e.reference, e.reference_no, e.evidence,
        e.note, e.digest, e.receipt, e.expected_on, e.another_of, e.imported, e.quantity, e.minutes
    from unnest(:events::timed_event_row[]) as e
),

advanced as (
    insert into checkpoints (clinic_id, enrollment_id, facts, state, came_at)
    select :clinic, c.enrollment_id, c.facts, c.state, c.came_at
    from unnest(:checkpoints::came_checkpoint_row[]) as c
    on conflict (clinic_id, enrollment_id) do update
        set
            facts = excluded.facts, state = excluded.state,
            -- The later one; what a batch has of nobody who came says nothing.
            came_at = greatest(checkpoints.came_at, excluded.came_at)
),

posted as (
    insert into awards (
        clinic_id, enrollment_id, fact_no, award_id, participant_id, event_id, cause_no, slot, kind, unit, amount,
        clipped, overpaid, unrecovered, withheld, why, posted_at
    )
    select :clinic, a.enrollment_id, a.fact_no, a.award_id, a.participant_id, a.event_id, a.cause_no, a.slot, a.kind,
        a.unit, a.amount, a.clipped, a.overpaid, a.unrecovered, a.withheld, a.why, :now
    from unnest(:awards::award_row[]) as a
),

moved as (
    insert into transfers (
        clinic_id, participant_id, unit, transfer_id, source, destination, amount, cause, cause_id,
        enrollment_id, fact_no, at, day, funding
    )
    select :clinic, m.participant_id, m.unit, m.transfer_id, m.source, m.destination, m.amount, m.cause, m.cause_id,
        m.enrollment_id, m.fact_no, :now, m.day, m.funding
    from unnest(:transfers::transfer_row[]) as m
),

settled as (
    insert into balances (clinic_id, participant_id, unit, available, held, given, earned)
    select :clinic, b.participant_id, b.unit, b.available, b.held, b.given, b.earned
    from unnest(:balances::balance_row[]) as b
    on conflict (clinic_id, participant_id, unit) do update
    set available = excluded.available, held = excluded.held, given = excluded.given, earned = excluded.earned
)

select
    hold_to(
        not exists (
            select from unnest(:known::known_row[]) as k
            where
                exists (
                    select from (
                        -- In an order that the key alone gives: on a table of unknown size any index looks as good.
                        select participants.participant_id, participants.xmin as version from participants
                        where participants.clinic_id = :clinic and participants.participant_id >= k.participant_id
                        order by participants.participant_id
                        limit 1
                    ) as p
                    where p.participant_id = k.participant_id and p.version <> all(k.versions)
                )
                or exists (
                    select from (
                        select enrollments.enrollment_id, enrollments.xmin as version from enrollments
                        where enrollments.clinic_id = :clinic and enrollments.participant_id = k.participant_id
                        offset 0
                    ) as e
                    cross join lateral (
                        select checkpoints.xmin as version from checkpoints
                        where checkpoints.clinic_id = :clinic and checkpoints.enrollment_id = e.enrollment_id
                        offset 0
                    ) as c
                    where e.version <> all(k.versions) or c.version <> all(k.versions)
                )
                or exists (
                    select from (
                        select balances.xmin as version from balances
                        where balances.clinic_id = :clinic and balances.participant_id = k.participant_id
                        offset 0
                    ) as b
                    where b.version <> all(k.versions)
                )
        )
        and not exists (
            select from unnest(:references::text[]) as asked (reference)
            cross join lateral (
                select from events
                where events.clinic_id = :clinic and events.reference = asked.reference
                order by events.reference_no desc
                limit 1
            ) as e
        )
        and (:listens::boolean is null or (
            not exists (select from caps where clinic_id = :clinic)
            and :listens::boolean = exists (
                select from subscribers where clinic_id = :clinic and deleted_at is null
            )
            and :timeline::text = substring(pg_walfile_name(pg_current_wal_insert_lsn()) from 1 for 8)
        ))
    ) as version,
    substring(pg_walfile_name(pg_current_wal_insert_lsn()) from 1 for 8) as timeline;

-- name: tell
-- What the audit trail and subscribers are told of what leaves nothing in the books: looks, above all.
with recursive {chain}

select;

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
