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
order by p.participant_id, b.unit
