select
    redemption_id, participant_id, reward_id, quantity, status, unit, amount, requested_at, requested_by,
    settled_at, settled_by
from redemptions
where
    clinic_id = $1
    and participant_id = $5
    and redemption_id < $2
    and ($4::text is null or status = $4)
order by redemption_id desc
limit $3
