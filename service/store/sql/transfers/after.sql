-- What is new to some participants' open pages, oldest first, each with what its sentence needs: the transfers
-- after a page's last one, and where the records hold more of the short time before it than the page knows, all
-- of that time. Each row has the ids that the records hold of that time; a participant without news has one row.
-- $1 clinic; for each page $2 participant, $3 where its short time begins, $4 its last transfer, $5 how many it
-- knows between the two; $6 limit a page.
select
    asked.place, recent.ids, t.transfer_id, t.at, t.unit, t.amount, t.source, t.destination, t.cause, t.cause_id,
    a.why, a.event_id, e.target, n.program, n.version, r.name as reward
from unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::integer[])
with ordinality as asked (participant_id, begins, last, seen, place)
cross join lateral (
    select coalesce(array_agg(x.transfer_id), '{}') as ids
    from unnest(array['usd', 'points', 'draw']) as u (unit)
    cross join lateral (
        select transfer_id from transfers
        where
            clinic_id = $1 and participant_id = asked.participant_id and transfers.unit = u.unit
            and transfer_id > asked.begins and transfer_id <= asked.last
        offset 0
    ) as x
) as recent
left join lateral (
    select late.*
    from unnest(array['usd', 'points', 'draw']) as u (unit)
    cross join lateral (
        select * from transfers
        where
            clinic_id = $1 and participant_id = asked.participant_id and transfers.unit = u.unit
            and transfer_id > asked.begins and transfer_id <= asked.last
        offset 0
    ) as late
    where cardinality(recent.ids) <> asked.seen
    union all (
        select fresh.*
        from unnest(array['usd', 'points', 'draw']) as u (unit)
        cross join lateral (
            select * from transfers
            where
                clinic_id = $1 and participant_id = asked.participant_id and transfers.unit = u.unit
                and transfer_id > asked.last
            order by transfer_id
            limit $6
        ) as fresh
        order by fresh.transfer_id
        limit $6
    )
) as t on true
left join awards as a
    on
        a.clinic_id = $1
        and t.cause = 'award'
        and t.enrollment_id = a.enrollment_id
        and t.fact_no = a.fact_no
        and t.cause_id = a.award_id
left join events as e on e.clinic_id = $1 and a.event_id = e.event_id
left join enrollments as n on n.clinic_id = $1 and t.enrollment_id = n.enrollment_id
left join redemptions as d on d.clinic_id = $1 and t.cause = 'redemption' and t.cause_id = d.redemption_id
left join rewards as r on r.clinic_id = $1 and d.reward_id = r.reward_id
order by asked.place, t.transfer_id
