-- part: columns
-- A prize `p`, as whose its draw is by now.
p.prize_id, p.draw_id, p.place, (
    select n.participant_id from draws as d
    inner join enrollments as n on n.clinic_id = :clinic and d.enrollment_id = n.enrollment_id
    where d.clinic_id = :clinic and d.draw_id = p.draw_id
) as participant_id, p.tier, p.status, p.unit, p.amount, p.clipped, p.category, p.won_at, p.reward_id,
p.given_at, p.given_by, p.fair_value;

-- name: find
select {columns}
from prizes as p
where clinic_id = :clinic and prize_id = :prize_id;

-- name: give
update prizes
set
    status = 'given', reward_id = :reward_id, given_at = :given_at, given_by = :given_by,
    fair_value = :fair_value
where clinic_id = :clinic and prize_id = :prize_id and status = 'owed';

-- name: insert
-- The prizes of one draw.
insert into prizes (
    clinic_id, prize_id, draw_id, place, participant_id, tier, status, unit, amount, clipped, category, won_at
)
select :clinic, p.id, :draw_id, p.place, :participant_id, p.tier, p.status, p.unit, p.amount, p.clipped, p.category,
    :now
from unnest(
    :prize_id::uuid[], :place::integer[], :tier::text[], :status::text[], :unit::text[], :amount::bigint[],
    :clipped::bigint[], :category::text[]
) as p (id, place, tier, status, unit, amount, clipped, category);

-- name: list
select {columns}
from prizes as p
where clinic_id = :clinic and prize_id < :before
order by prize_id desc
limit :limit;

-- name: list_of_participant
-- Those that were won on any of some accounts, by draws that are a person's own.
select {columns}
from unnest(:accounts::uuid[]) as asked (participant_id)
cross join lateral (
    select * from prizes
    where
        prizes.clinic_id = :clinic
        and prizes.participant_id = asked.participant_id
        and prize_id < :before
        and (:status::text is null or status = :status)
        and exists (
            select from draws as d
            inner join enrollments as n on n.clinic_id = :clinic and d.enrollment_id = n.enrollment_id
            where d.clinic_id = :clinic and d.draw_id = prizes.draw_id and n.participant_id = :person
        )
    order by prize_id desc
    limit :limit
) as p
order by p.prize_id desc
limit :limit;

-- name: list_of_status
-- By the pair, of which only the index of both gives the order: the planner takes no other, however common one is.
select {columns}
from prizes as p
where
    clinic_id = :clinic and status >= :status and (status, prize_id) < (:status, :before)
order by status desc, prize_id desc
limit :limit;

-- name: take_back
-- It is owed again.
update prizes set status = 'owed', reward_id = null, given_at = null, given_by = null, fair_value = null
where clinic_id = :clinic and prize_id = :prize_id and status = 'given';

-- name: of_draws
-- The prizes of some draws.
select {columns}
from unnest(:draws::uuid[]) as asked (draw_id)
cross join lateral (
    select * from prizes
    where prizes.clinic_id = :clinic and prizes.draw_id = asked.draw_id
    offset 0
) as p
order by p.draw_id, p.place;
