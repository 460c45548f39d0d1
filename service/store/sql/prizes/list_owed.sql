-- Owed prizes by an index of their own: among all that were ever won they are few.
select
    prize_id, draw_id, place, participant_id, tier, status, unit, amount, clipped, category, won_at, reward_id,
    given_at, given_by
from prizes
where clinic_id = $1 and prize_id < $2 and status = 'owed'
order by prize_id desc
limit $3
