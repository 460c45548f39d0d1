-- The prizes of one draw. $1 clinic, $2 draw, $3 participant, $4 when.
insert into prizes (
    clinic_id, prize_id, draw_id, place, participant_id, tier, status, unit, amount, clipped, category, won_at
)
select $1, p.id, $2, p.place, $3, p.tier, p.status, p.unit, p.amount, p.clipped, p.category, $4
from unnest(
    $5::uuid[], $6::integer[], $7::text[], $8::text[], $9::text[], $10::bigint[], $11::bigint[], $12::text[]
) as p (id, place, tier, status, unit, amount, clipped, category)
