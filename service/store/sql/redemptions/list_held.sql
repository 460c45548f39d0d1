-- Open redemptions by an index of their own: among years of settled ones they are few.
select
    redemption_id, participant_id, reward_id, quantity, status, unit, amount, requested_at, requested_by,
    settled_at, settled_by
from redemptions
where clinic_id = $1 and redemption_id < $2 and status = 'held'
order by redemption_id desc
limit $3
