-- part: owned
-- The gifts of some participants, on whatever accounts of charts that were ever merged with theirs. Whose one is by now
-- follows from its redemption, or from the enrollment that its prize was drawn for.
unnest(:participants::uuid[]) as asked (participant_id)
cross join lateral accounts_of(:clinic, asked.participant_id) as account (participant_id)
cross join lateral (
    select
        gifts.*,
        case gifts.cause
            when 'redemption' then (
                select coalesce(c.survivor_id, c.participant_id) from redemptions as r
                inner join participants as c on c.clinic_id = :clinic and r.participant_id = c.participant_id
                where r.clinic_id = :clinic and r.redemption_id = gifts.cause_id
            )
            else (
                select n.participant_id from prizes as p
                inner join draws as d on d.clinic_id = :clinic and p.draw_id = d.draw_id
                inner join enrollments as n on n.clinic_id = :clinic and d.enrollment_id = n.enrollment_id
                where p.clinic_id = :clinic and p.prize_id = gifts.cause_id
            )
        end as owner_id
    from gifts
    where gifts.clinic_id = :clinic and gifts.participant_id = account.participant_id
    offset 0
) as g;

-- name: attributed
-- How much of a unit a participant's gifts took from each source.
select g.enrollment_id, g.funding, sum(g.spent)::bigint as spent
from {owned}
where g.owner_id = asked.participant_id and g.unit = :unit
group by g.enrollment_id, g.funding;

-- name: counted
-- All that some participants were given in kind, and what was given back of it, as caps count it.
select asked.participant_id, g.cause, g.cause_id, g.enrollment_id, g.funding, g.worth_unit, g.worth, g.day
from {owned}
where g.owner_id = asked.participant_id and g.worth <> 0;

-- name: earned
-- How much of a unit a participant was credited from each source and did not lose again, the earliest source first.
select
    t.enrollment_id, t.funding,
    sum(case when t.source = 'issued' then t.amount else -t.amount end)::bigint as amount
from accounts_of(:clinic, :participant_id) as account (participant_id)
cross join lateral (
    select * from owned_transfers
    where
        owned_transfers.clinic_id = :clinic and owned_transfers.participant_id = account.participant_id
        and unit = :unit and (day is not null or cause = 'opening')
    offset 0
) as t
where t.owner_id = :participant_id
group by t.enrollment_id, t.funding
order by min(t.at), t.enrollment_id, t.funding;

-- name: insert
insert into gifts (
    clinic_id, participant_id, gift_id, cause, cause_id, enrollment_id, funding, unit, worth_unit, spent, worth, day, at
)
select :clinic, :participant_id, g.gift_id, g.cause, g.cause_id, g.enrollment_id, g.funding, g.unit, g.worth_unit, g.spent, g.worth,
    g.day, :now
from unnest(
    :gift_id::uuid[], :cause::text[], :cause_id::uuid[], :enrollment_id::uuid[], :funding::text[], :unit::text[],
    :worth_unit::text[], :spent::bigint[], :worth::bigint[], :day::date[]
) as g (gift_id, cause, cause_id, enrollment_id, funding, unit, worth_unit, spent, worth, day);

-- name: of_cause
-- What one redemption or prize counts for by now, by day and source.
select g.enrollment_id, g.funding, g.unit, g.worth_unit, g.day, sum(g.spent)::bigint as spent, sum(g.worth)::bigint as worth
from {owned}
where g.owner_id = asked.participant_id and g.cause = :cause and g.cause_id = :cause_id
group by g.enrollment_id, g.funding, g.unit, g.worth_unit, g.day
having sum(g.spent) <> 0 or sum(g.worth) <> 0
order by g.day, min(g.gift_id::text);

-- name: prizes
-- What some enrollments were given as prizes from the shelf, as caps count it.
select g.participant_id, g.cause, g.cause_id, g.enrollment_id, g.funding, g.worth_unit, g.worth, g.day
from unnest(:participants::uuid[], :enrollments::uuid[]) as asked (participant_id, enrollment_id)
cross join lateral accounts_of(:clinic, asked.participant_id) as account (participant_id)
cross join lateral (
    select * from gifts
    where
        gifts.clinic_id = :clinic
        and gifts.participant_id = account.participant_id
        and gifts.enrollment_id = asked.enrollment_id
        and gifts.cause = 'prize'
    offset 0
) as g;
