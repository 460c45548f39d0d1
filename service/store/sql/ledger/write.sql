-- Transfers, and the balances they lead to. The balances are whole new values, read and worked out under the
-- participants' locks; the checks on them are the last word.
-- $1 clinic, $2 now; transfers: $3 id, $4 participant, $5 unit, $6 source, $7 destination, $8 amount, $9 cause,
-- $10 cause id, $11 enrollment, $12 fact; balances: $13 participant, $14 unit, $15 to $18 the accounts.
with moved as (
    insert into transfers (
        clinic_id, participant_id, unit, transfer_id, source, destination, amount, cause, cause_id,
        enrollment_id, fact_no, at
    )
    select $1, m.participant_id, m.unit, m.id, m.source, m.destination, m.amount, m.cause, m.cause_id,
        m.enrollment_id, m.fact_no, $2
    from unnest(
        $3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::text[], $8::bigint[], $9::text[], $10::uuid[],
        $11::uuid[], $12::integer[]
    ) as m (id, participant_id, unit, source, destination, amount, cause, cause_id, enrollment_id, fact_no)
)

insert into balances (clinic_id, participant_id, unit, available, held, given, earned)
select $1, b.participant_id, b.unit, b.available, b.held, b.given, b.earned
from unnest($13::uuid[], $14::text[], $15::bigint[], $16::bigint[], $17::bigint[], $18::bigint[])
    as b (participant_id, unit, available, held, given, earned)
on conflict (clinic_id, participant_id, unit) do update
set available = excluded.available, held = excluded.held, given = excluded.given, earned = excluded.earned
