select
    prize_id, draw_id, place, participant_id, tier, status, unit, amount, clipped, category, won_at, reward_id,
    given_at, given_by
from prizes
where clinic_id = $1 and prize_id < $2 and ($4::text is null or status = $4)
order by prize_id desc
limit $3
