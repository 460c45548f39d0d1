-- All that some participants were credited, and what was taken back of it.
select
    t.participant_id, t.unit, t.source, t.destination, t.amount, t.cause, t.cause_id, t.enrollment_id, t.fact_no,
    t.day, t.funding
from unnest($2::uuid[]) as asked (participant_id)
cross join lateral (
    select * from transfers
    where
        transfers.clinic_id = $1
        and transfers.participant_id = asked.participant_id
        and transfers.day is not null
    offset 0
) as t
