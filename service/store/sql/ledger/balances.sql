select b.participant_id, b.unit, b.available, b.held, b.given, b.earned
from unnest($2::uuid[]) as asked (participant_id)
cross join lateral (
    select * from balances
    where balances.clinic_id = $1 and balances.participant_id = asked.participant_id
    offset 0
) as b
order by b.participant_id, b.unit
