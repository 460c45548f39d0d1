-- The prizes of some draws.
select
    p.prize_id, p.draw_id, p.place, p.participant_id, p.tier, p.status, p.unit, p.amount, p.clipped, p.category,
    p.won_at, p.reward_id, p.given_at, p.given_by
from unnest($2::uuid[]) as asked (draw_id)
cross join lateral (
    select * from prizes
    where prizes.clinic_id = $1 and prizes.draw_id = asked.draw_id
    offset 0
) as p
order by p.draw_id, p.place
