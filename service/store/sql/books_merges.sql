-- name: balances
-- What charts still have that lead to another one.
select b.participant_id, b.unit, b.available, b.held, b.given
from balances as b
inner join participants as p on p.clinic_id = :clinic and b.participant_id = p.participant_id
where
    b.clinic_id = :clinic and p.survivor_id is not null
    and (b.available <> 0 or b.held <> 0 or b.given <> 0 or b.earned <> 0)
order by b.participant_id, b.unit;

-- name: charts
-- Every chart that leads to another one, or that a merge was ever about.
select participant_id, coalesce(survivor_id, participant_id) as leads_to, has_merged
from participants
where
    clinic_id = :clinic
    and (has_merged or survivor_id is not null or participant_id = any(:charts::uuid[]))
order by participant_id;

-- name: enrollments
-- The enrollments that were opened under another chart than their participant's, and those of charts that lead to
-- another one.
select e.enrollment_id, coalesce(e.chart_id, e.participant_id) as chart_id, e.participant_id
from enrollments as e
inner join participants as p on p.clinic_id = :clinic and e.participant_id = p.participant_id
where e.clinic_id = :clinic and (e.chart_id is not null or p.survivor_id is not null)
order by e.enrollment_id;

-- name: gift_owners
-- Whose each gift on some charts' accounts is by now.
select
    g.participant_id, g.gift_id,
    case g.cause
        when 'redemption' then coalesce(c.survivor_id, c.participant_id)
        else n.participant_id
    end as owner_id
from gifts as g
left join redemptions as r on r.clinic_id = :clinic and g.cause = 'redemption' and g.cause_id = r.redemption_id
left join participants as c on c.clinic_id = :clinic and r.participant_id = c.participant_id
left join prizes as p on p.clinic_id = :clinic and g.cause = 'prize' and g.cause_id = p.prize_id
left join draws as d on d.clinic_id = :clinic and p.draw_id = d.draw_id
left join enrollments as n on n.clinic_id = :clinic and d.enrollment_id = n.enrollment_id
where g.clinic_id = :clinic and g.participant_id = any(:participants::uuid[])
order by g.participant_id, g.gift_id;

-- name: gone
-- Merges that the audit trail or a transfer names and that are not there.
select named.merge_id
from (
    select subject_id as merge_id from audit
    where clinic_id = :clinic and deed in ('participants.merged', 'participants.unmerged')
    union
    select cause_id from transfers
    where clinic_id = :clinic and cause = 'merge'
    union
    select merge_id from corrections
    where clinic_id = :clinic and merge_id is not null
    union
    select merge_id from unmerges
    where clinic_id = :clinic
) as named
where not exists (select from merges as m where m.clinic_id = :clinic and m.merge_id = named.merge_id)
order by named.merge_id;

-- name: legs
-- What each merge took from each account of its charts, and what it put there.
select
    t.cause_id as merge_id, t.participant_id, t.unit,
    case when t.source = 'merged' then t.destination else t.source end as part,
    coalesce(sum(t.amount) filter (where t.destination = 'merged'), 0)::bigint as taken,
    coalesce(sum(t.amount) filter (where t.source = 'merged'), 0)::bigint as put
from transfers as t
where t.clinic_id = :clinic and t.cause = 'merge'
group by 1, 2, 3, 4
order by 1, 2, 3, 4;

-- name: merges
-- Every merge with its undoing, what the audit trail says of both on the two charts, and how many of the events that it
-- withdrew nothing has brought back.
select
    m.merge_id, m.survivor_id, m.ended_id, m.merged_at, m.merged_by, u.undone_at, u.undone_by,
    u.merged_by as undone_of,
    (
        select coalesce(json_agg(json_build_array(a.actor_id, a.at) order by a.seq), '[]') from audit as a
        where
            a.clinic_id = :clinic and a.deed = 'participants.merged' and a.subject_id = m.merge_id
            and a.participant_id in (m.survivor_id, m.ended_id)
    ) as told,
    (
        select coalesce(json_agg(json_build_array(a.actor_id, a.at) order by a.seq), '[]') from audit as a
        where
            a.clinic_id = :clinic and a.deed = 'participants.unmerged' and a.subject_id = m.merge_id
            and a.participant_id in (m.survivor_id, m.ended_id)
    ) as told_undone,
    (
        select count(*) from corrections as c
        where
            c.clinic_id = :clinic and c.merge_id = m.merge_id and c.about_id = c.event_id
            and not exists (
                select from corrections as later
                where later.clinic_id = :clinic and later.event_id = c.event_id and later.fact_no > c.fact_no
            )
    ) as left_withdrawn
from merges as m
left join unmerges as u on u.clinic_id = :clinic and m.merge_id = u.merge_id
where m.clinic_id = :clinic
order by m.merge_id;

-- name: owners
-- Whose each transfer on some charts' accounts is by now.
select participant_id, transfer_id, owner_id
from owned_transfers
where clinic_id = :clinic and participant_id = any(:participants::uuid[])
order by participant_id, transfer_id;
