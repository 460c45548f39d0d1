-- A participant's latest transfer in any unit.
-- $1 clinic, $2 participant.
select t.transfer_id
from unnest(array['usd', 'points', 'draw']) as u (unit)
cross join lateral (
    select transfer_id from transfers
    where clinic_id = $1 and participant_id = $2 and transfers.unit = u.unit
    order by transfer_id desc
    limit 1
) as t
order by t.transfer_id desc
limit 1
