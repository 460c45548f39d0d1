-- name: find
select
    prize_id, draw_id, place, participant_id, tier, status, unit, amount, clipped, category, won_at, reward_id,
    given_at, given_by
from prizes
where clinic_id = $1 and prize_id = $2;

-- name: give
update prizes set status = 'given', reward_id = $3, given_at = $4, given_by = $5
where clinic_id = $1 and prize_id = $2 and status = 'owed';

-- name: insert
-- The prizes of one draw. $1 clinic, $2 draw, $3 participant, $4 when.
insert into prizes (
    clinic_id, prize_id, draw_id, place, participant_id, tier, status, unit, amount, clipped, category, won_at
)
select $1, p.id, $2, p.place, $3, p.tier, p.status, p.unit, p.amount, p.clipped, p.category, $4
from unnest(
    $5::uuid[], $6::integer[], $7::text[], $8::text[], $9::text[], $10::bigint[], $11::bigint[], $12::text[]
) as p (id, place, tier, status, unit, amount, clipped, category);

-- name: list
select
    prize_id, draw_id, place, participant_id, tier, status, unit, amount, clipped, category, won_at, reward_id,
    given_at, given_by
from prizes
where clinic_id = $1 and prize_id < $2 and ($4::text is null or status = $4)
order by prize_id desc
limit $3;

-- name: list_of_participant
select
    prize_id, draw_id, place, participant_id, tier, status, unit, amount, clipped, category, won_at, reward_id,
    given_at, given_by
from prizes
where
    clinic_id = $1
    and participant_id = $5
    and prize_id < $2
    and ($4::text is null or status = $4)
order by prize_id desc
limit $3;

-- name: list_owed
-- Owed prizes by an index of their own: among all that were ever won they are few.
select
    prize_id, draw_id, place, participant_id, tier, status, unit, amount, clipped, category, won_at, reward_id,
    given_at, given_by
from prizes
where clinic_id = $1 and prize_id < $2 and status = 'owed'
order by prize_id desc
limit $3;

-- name: of_draws
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
order by p.draw_id, p.place;
