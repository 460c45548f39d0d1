-- Everyone in a hat, with what was drawn of them. $1 clinic, $2 hat.
insert into hat_people (
    clinic_id, hat_id, enrollment_id, participant_id, tickets, place, slip, amount, clipped
)
select $1, $2, p.enrollment_id, p.participant_id, p.tickets, p.place, p.slip, p.amount, p.clipped
from unnest(
    $3::uuid[], $4::uuid[], $5::integer[], $6::integer[], $7::integer[], $8::bigint[], $9::bigint[]
) as p (enrollment_id, participant_id, tickets, place, slip, amount, clipped)
