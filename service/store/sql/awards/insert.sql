insert into awards (
    clinic_id, enrollment_id, fact_no, award_id, participant_id, event_id, cause_no, slot, kind, unit, amount,
    clipped, overpaid, unrecovered, why, posted_at
)
select $1, a.enrollment_id, a.fact_no, a.id, a.participant_id, a.event_id, a.cause_no, a.slot, a.kind, a.unit,
    a.amount, a.clipped, a.overpaid, a.unrecovered, a.why, $2
from unnest(
    $3::uuid[], $4::integer[], $5::uuid[], $6::uuid[], $7::uuid[], $8::integer[], $9::text[], $10::text[],
    $11::text[], $12::bigint[], $13::bigint[], $14::bigint[], $15::bigint[], $16::bytea[]
) as a (
    enrollment_id, fact_no, id, participant_id, event_id, cause_no, slot, kind, unit, amount, clipped, overpaid,
    unrecovered, why
)
