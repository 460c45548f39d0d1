-- name: openings
-- Every opening beside its participant and its enrollment's, where these exist, and what the audit trail says of it;
-- and every one that the trail says was proposed and that is not there.
-- :with_trail says whether the audit trail is read at all.
select
    o.opening_id, o.participant_id, o.unit, o.available, o.paid_before, o.paid_in_year, o.as_of, o.funding,
    o.enrollment_id, o.status, o.proposed_at, o.proposed_by, o.settled_at, o.settled_by, o.withdrawn_at,
    o.withdrawn_by, o.unrecovered, o.reason, e.participant_id as enrolled, a.subject_id as told,
    a.actor_id as proposer, a.at as told_proposed_at, a.detail as told_proposed, s.actor_id as settler,
    s.at as told_settled_at, s.detail as told_settled, w.actor_id as withdrawer, w.at as told_withdrawn_at,
    w.detail as told_withdrawn
from (
    select * from openings
    where clinic_id = :clinic
) as o
full join (
    select subject_id, actor_id, at, detail from audit
    where clinic_id = :clinic and :with_trail and deed = 'opening.proposed'
) as a on o.opening_id = a.subject_id
left join (
    select subject_id, actor_id, at, detail, deed from audit
    where clinic_id = :clinic and :with_trail and deed in ('opening.approved', 'opening.refused')
) as s
    on
        o.opening_id = s.subject_id
        and s.deed = 'opening.' || case o.status when 'withdrawn' then 'approved' else o.status end
left join (
    select subject_id, actor_id, at, detail from audit
    where clinic_id = :clinic and :with_trail and deed = 'opening.withdrawn'
) as w on o.opening_id = w.subject_id
left join enrollments as e on e.clinic_id = :clinic and o.enrollment_id = e.enrollment_id
order by o.opening_id, a.subject_id;

-- name: openings_of
-- What all openings of some participants call for.
select
    opening_id, participant_id, unit, available, paid_before, paid_in_year, as_of, funding, enrollment_id, status,
    unrecovered
from openings
where clinic_id = :clinic and participant_id = any(:participants::uuid[])
order by participant_id, opening_id;

-- name: redemption_changes
-- Every replacement and taking back beside its redemption, the pieces that left the stock by it and what the audit
-- trail says of it; all pieces that left by none; and every one that the trail says was proposed and that is not there.
-- :with_trail says whether the audit trail is read at all.
select
    c.redemption_change_id, c.redemption_id, c.prize_id, c.kind, c.quantity, c.unit, c.amount, c.counted, c.alone_max,
    c.alone, c.restocked, c.code_ids, c.status, c.proposed_at, c.proposed_by, c.settled_at, c.settled_by, c.reason,
    coalesce(r.reward_id, c.reward_id) as reward_id,
    case when z.prize_id is null then r.quantity else 1 end as given,
    case when z.prize_id is null then r.unit else worth_unit(w.unit) end as price_unit,
    -- A prize cost nothing: it counts for what it is worth, at least what it was worth when it was given then.
    case
        when z.prize_id is null then r.amount
        else greatest(c.amount, case when c.given_at = z.given_at then z.fair_value end)
    end as price,
    w.kind as reward_kind,
    t.stock_change_id, t.reward_id as taken_from, t.change, t.changed_by, t.changed_at, a.subject_id as told,
    a.actor_id as proposer, a.at as told_proposed_at, a.detail as told_proposed, s.actor_id as settler,
    s.at as told_settled_at, s.detail as told_settled
from (
    select * from redemption_changes
    where clinic_id = :clinic
) as c
full join (
    select * from stock_changes
    where clinic_id = :clinic and redemption_change_id is not null
) as t on c.redemption_change_id = t.redemption_change_id
full join (
    select subject_id, actor_id, at, detail from audit
    where clinic_id = :clinic and :with_trail and deed = 'redemption_change.proposed'
) as a on c.redemption_change_id = a.subject_id
left join (
    select subject_id, actor_id, at, detail, deed from audit
    where
        clinic_id = :clinic
        and :with_trail
        and deed in ('redemption_change.approved', 'redemption_change.refused')
) as s on c.redemption_change_id = s.subject_id and s.deed = 'redemption_change.' || c.status
left join redemptions as r on r.clinic_id = :clinic and c.redemption_id = r.redemption_id
left join prizes as z on z.clinic_id = :clinic and c.prize_id = z.prize_id
left join rewards as w on w.clinic_id = :clinic and w.reward_id = coalesce(r.reward_id, c.reward_id)
order by c.redemption_change_id, t.stock_change_id, a.subject_id;

-- name: second_person_limits
-- Every limit, with what the audit trail says it was set to.
select l.second_person_limit_id, l.unit, l.amount, l.set_by, s.detail as told, s.actor_id as told_by
from second_person_limits as l
left join (
    select subject_id, actor_id, detail from audit
    where clinic_id = :clinic and deed = 'second_person_limit.set'
) as s on l.second_person_limit_id = s.subject_id
where l.clinic_id = :clinic
order by l.second_person_limit_id;

-- name: alone
-- What each person replaced and took back alone on a local day came to more than one person does alone: by its price, in
-- its unit, or by what the redemptions were worth when they were asked for, which the service took into account at least.
-- Numbers of limits and changes lie in the order of time. :zone is the clinic's.
with alone as (
    select
        c.redemption_change_id, c.settled_by, c.unit, worth_unit(c.unit) as currency, c.amount, (c.settled_at at time zone :zone)::date as day,
        greatest(
            c.quantity * (r.fair_value / r.quantity), case c.unit when worth_unit(c.unit) then c.amount end, 0
        ) as worth,
        (
            select l.amount from second_person_limits as l
            where l.clinic_id = :clinic and l.unit = c.unit and l.second_person_limit_id < c.redemption_change_id
            order by l.second_person_limit_id desc
            limit 1
        ) as unit_max, (
            select l.amount from second_person_limits as l
            where l.clinic_id = :clinic and l.unit = worth_unit(c.unit) and l.second_person_limit_id < c.redemption_change_id
            order by l.second_person_limit_id desc
            limit 1
        ) as worth_max
    from redemption_changes as c
    left join redemptions as r on r.clinic_id = :clinic and c.redemption_id = r.redemption_id
    where c.clinic_id = :clinic and c.alone
), summed as (
    select
        redemption_change_id, unit, currency,
        sum(amount) over (partition by settled_by, day, unit order by redemption_change_id)::bigint as amount,
        sum(worth) over (partition by settled_by, day, currency order by redemption_change_id)::bigint as worth,
        coalesce(unit_max, case unit when 'draw' then :draw_max::bigint else :alone_max::bigint end) as amount_max,
        coalesce(worth_max, :alone_max::bigint) as worth_max
    from alone
)
select redemption_change_id, unit, currency, amount, worth, amount_max, worth_max
from summed
where amount > amount_max or worth > worth_max
order by redemption_change_id;
