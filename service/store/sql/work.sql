-- name: consents_ending
-- Consents in force whose last day comes from :today to :until, the first to end first, by whose they are by now.
select c.consent_id, (
    select coalesce(p.survivor_id, p.participant_id) from participants as p
    where p.clinic_id = :clinic and p.participant_id = c.participant_id
) as participant_id, c.expires_on
from consents as c
where c.clinic_id = :clinic and c.revoked_at is null and c.expires_on >= :today and c.expires_on <= :until
order by c.expires_on
limit :limit;

-- name: low
-- Rewards on the shelf of which at most :few pieces are left, the fewest first.
select reward_id, name, stock
from rewards
where clinic_id = :clinic and active and stock <= :few
order by stock, name, reward_id
limit :limit;

-- name: slipping
-- Of the :looked newest open enrollments those whose last two visits of one target nobody came to, or who came to none
-- since :since. What was corrected since counts neither as a miss nor as a visit; the last :latest facts are looked at.
select e.enrollment_id, e.participant_id, e.program, l.came_at, l.missed_twice
from (
    select * from enrollments
    where
        clinic_id = :clinic and closed_on is null and starts_on <= :today
        and (ends_on is null or ends_on >= :today)
    order by enrollment_id desc
    limit :looked
) as e
cross join lateral (
    select
        max(r.occurred_at) filter (where not r.missed) as came_at,
        coalesce(bool_or(r.place = 1 and r.missed and r.missed_before), false) as missed_twice
    from (
        select
            f.occurred_at, f.outcome in ('missed', 'absent') as missed,
            lead(f.outcome in ('missed', 'absent')) over latest as missed_before,
            row_number() over latest as place
        from (
            select * from events
            where events.clinic_id = :clinic and events.enrollment_id = e.enrollment_id
            order by events.fact_no desc
            limit :latest
        ) as f
        where not exists (
            select from corrections
            where corrections.clinic_id = :clinic and corrections.event_id = f.event_id
        )
        window latest as (partition by f.target order by f.occurred_at desc, f.fact_no desc)
    ) as r
) as l
where l.missed_twice or (coalesce(l.came_at, :since) <= :since and e.starts_on < :first_day)
order by l.missed_twice desc, l.came_at nulls first, e.enrollment_id
limit :limit;
