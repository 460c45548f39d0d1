-- part: columns
c.redemption_change_id, c.redemption_id, c.prize_id, coalesce((
    select coalesce(p.survivor_id, p.participant_id) from participants as p
    where p.clinic_id = :clinic and p.participant_id = r.participant_id
), (
    -- As whose its draw is by now.
    select n.participant_id from prizes as z
    inner join draws as d on d.clinic_id = :clinic and z.draw_id = d.draw_id
    inner join enrollments as n on n.clinic_id = :clinic and d.enrollment_id = n.enrollment_id
    where z.clinic_id = :clinic and z.prize_id = c.prize_id
)) as participant_id, coalesce(r.reward_id, c.reward_id) as reward_id, c.kind, c.reason, c.quantity, c.unit, c.amount,
c.counted, c.alone_max, c.alone, c.restocked, c.given_at, c.given_by, c.status, c.proposed_at, c.proposed_by,
c.settled_at, c.settled_by, c.refusal, c.code_ids;

-- part: joins
-- Changes `c` with the redemptions that they are of; those of prizes have none.
left join redemptions as r on c.clinic_id = r.clinic_id and c.redemption_id = r.redemption_id;

-- name: alone_since
-- How much each account and key replaced or took back alone since a moment, some changes left out. Their numbers lie in
-- the order of time.
select c.settled_by as done_by, sum(c.amount)::bigint as amount
from redemption_changes as c
where
    c.clinic_id = :clinic and c.alone and c.unit = :unit and c.redemption_change_id >= :earliest_id
    and c.settled_at >= :since and c.redemption_change_id <> all(:besides::uuid[])
group by c.settled_by;

-- name: alone_worth_since
-- What it is worth in a currency that each account and key replaced or took back alone since a moment, whatever was paid for
-- it, some changes left out: by the fair value of then, or today's where that is more.
select
    c.settled_by as done_by,
    sum(greatest(
        c.quantity * greatest(r.fair_value / r.quantity, w.fair_value), case c.unit when :currency then c.amount end, 0
    ))::bigint as amount
from redemption_changes as c
{joins}
inner join rewards as w on c.clinic_id = w.clinic_id and w.reward_id = coalesce(r.reward_id, c.reward_id)
where
    c.clinic_id = :clinic and c.alone and c.redemption_change_id >= :earliest_id and worth_unit(c.unit) = :currency
    and c.settled_at >= :since and c.redemption_change_id <> all(:besides::uuid[])
group by c.settled_by;

-- name: find
select {columns}
from redemption_changes as c
{joins}
where c.clinic_id = :clinic and c.redemption_change_id = :redemption_change_id;

-- name: insert
insert into redemption_changes (
    clinic_id, redemption_change_id, redemption_id, kind, reason, quantity, code_ids, restocked, unit, amount, counted,
    alone_max, alone, given_at, given_by, status, proposed_at, proposed_by, settled_at, settled_by, prize_id, reward_id
)
values (
    :clinic, :redemption_change_id, :redemption_id, :kind, :reason, :quantity, :code_ids::uuid[], :restocked, :unit,
    :amount, :counted, :alone_max, :alone, :given_at, :given_by, :status, :proposed_at, :proposed_by, :settled_at,
    :settled_by, :prize_id, :reward_id
);

-- name: list
select {columns}
from redemption_changes as c
{joins}
where c.clinic_id = :clinic and c.redemption_change_id < :before
order by c.redemption_change_id desc
limit :limit;

-- name: list_of_prize
select {columns}
from redemption_changes as c
{joins}
where
    c.clinic_id = :clinic
    and c.prize_id = :prize_id
    and c.redemption_change_id < :before
    and (:status::text is null or c.status = :status)
order by c.redemption_change_id desc
limit :limit;

-- name: list_of_redemption
select {columns}
from redemption_changes as c
{joins}
where
    c.clinic_id = :clinic
    and c.redemption_id = :redemption_id
    and c.redemption_change_id < :before
    and (:status::text is null or c.status = :status)
order by c.redemption_change_id desc
limit :limit;

-- name: list_of_status
-- By an index of their own: among years of settled ones those that are still to be settled are few.
select {columns}
from redemption_changes as c
{joins}
where c.clinic_id = :clinic and c.redemption_change_id < :before and c.status = :status
order by c.redemption_change_id desc
limit :limit;

-- name: settle
update redemption_changes
set status = :status, settled_at = :settled_at, settled_by = :settled_by, refusal = :refusal
where clinic_id = :clinic and redemption_change_id = :redemption_change_id and status = 'proposed';
