-- name: attributed
-- How much of a unit a participant's gifts took from each source.
select enrollment_id, funding, sum(spent)::bigint as spent
from gifts
where clinic_id = :clinic and participant_id = :participant_id and unit = :unit
group by enrollment_id, funding;

-- name: counted
-- All that some participants were given in kind, and what was given back of it, as caps count it.
select g.participant_id, g.cause, g.cause_id, g.enrollment_id, g.funding, g.worth, g.day
from unnest(:participants::uuid[]) as asked (participant_id)
cross join lateral (
    select * from gifts
    where gifts.clinic_id = :clinic and gifts.participant_id = asked.participant_id and gifts.worth <> 0
    offset 0
) as g;

-- name: earned
-- How much of a unit a participant was credited from each source and did not lose again, the earliest source first.
select
    enrollment_id, funding,
    sum(case when source = 'issued' then amount else -amount end)::bigint as amount
from transfers
where clinic_id = :clinic and participant_id = :participant_id and unit = :unit
    and (day is not null or cause = 'opening')
group by enrollment_id, funding
order by min(at), enrollment_id, funding;

-- name: insert
insert into gifts (
    clinic_id, participant_id, gift_id, cause, cause_id, enrollment_id, funding, unit, spent, worth, day, at
)
select :clinic, :participant_id, g.gift_id, g.cause, g.cause_id, g.enrollment_id, g.funding, g.unit, g.spent, g.worth,
    g.day, :now
from unnest(
    :gift_id::uuid[], :cause::text[], :cause_id::uuid[], :enrollment_id::uuid[], :funding::text[], :unit::text[],
    :spent::bigint[], :worth::bigint[], :day::date[]
) as g (gift_id, cause, cause_id, enrollment_id, funding, unit, spent, worth, day);

-- name: of_cause
-- What one redemption or prize counts for by now, by day and source.
select enrollment_id, funding, unit, day, sum(spent)::bigint as spent, sum(worth)::bigint as worth
from gifts
where
    clinic_id = :clinic and participant_id = :participant_id and cause = :cause and cause_id = :cause_id
group by enrollment_id, funding, unit, day
having sum(spent) <> 0 or sum(worth) <> 0
order by day, min(gift_id::text);

-- name: prizes
-- What one enrollment was given as prizes from the shelf, as caps count it.
select participant_id, cause, cause_id, enrollment_id, funding, worth, day
from gifts
where
    clinic_id = :clinic
    and participant_id = :participant_id
    and enrollment_id = :enrollment_id
    and cause = 'prize';
