-- Facts with their first answers, and the checkpoints after them.
with recorded as (
    insert into events (
        clinic_id, event_id, enrollment_id, participant_id, fact_no, target, outcome, effect, program_week,
        occurred_at, recorded_at, recorded_by, recording_id, reference, evidence, note, digest, receipt
    )
    select $1, e.id, e.enrollment_id, e.participant_id, e.fact_no, e.target, e.outcome, e.effect, e.program_week,
        e.occurred_at, $2, e.recorded_by, e.recording_id, e.reference, e.evidence, e.note, e.digest, e.receipt
    from unnest(
        $3::uuid[], $4::uuid[], $5::uuid[], $6::integer[], $7::text[], $8::text[], $9::text[], $10::integer[],
        $11::timestamptz[], $12::uuid[], $13::uuid[], $14::text[], $15::bytea[], $16::bytea[], $17::bytea[],
        $18::bytea[]
    ) as e (
        id, enrollment_id, participant_id, fact_no, target, outcome, effect, program_week,
        occurred_at, recorded_by, recording_id, reference, evidence, note, digest, receipt
    )
)

insert into checkpoints (clinic_id, enrollment_id, facts, state)
select $1, c.enrollment_id, c.facts, c.state
from unnest($19::uuid[], $20::integer[], $21::bytea[]) as c (enrollment_id, facts, state)
on conflict (clinic_id, enrollment_id) do update
set facts = excluded.facts, state = excluded.state
