-- name: first
-- The first hand-out whose entry says how much waited for a look: from it on, every hand-out is worked out again.
select seq, at from audit
where
    clinic_id = :clinic and deed in ('redemption.given', 'redemption.ordered', 'prize.given')
    and detail like '%"waited":%'
order by seq
limit 1;

-- name: keys
-- The role of every key.
select key_id, role from keys
where clinic_id = :clinic;

-- name: hand_outs
-- Everything that the audit trail says was handed out to some participants, in its order: rewards, orders, prizes and what was
-- given in place of others. `waited` says whether the entry tells how much waited for a look.
select
    a.participant_id, a.seq, a.at, a.actor_id as given_by, a.role, a.deed, a.subject_id, r.unit, r.amount, r.fair_value,
    r.lowered_by, null::uuid as moved_by,
    case when a.detail::jsonb ? 'reward' then null else r.requested_by end as set_aside_by,
    a.detail like '%"waited":%' as waited, worth_unit(r.unit) as currency
from audit as a
inner join redemptions as r on r.clinic_id = :clinic and a.subject_id = r.redemption_id
where
    a.clinic_id = :clinic and a.participant_id = any(:participants::uuid[])
    and a.deed in ('redemption.given', 'redemption.ordered')
    -- What a provider delivered left when it was ordered.
    and not (a.deed = 'redemption.given' and a.detail::jsonb ? 'by')
union all
select
    a.participant_id, a.seq, a.at, a.actor_id, a.role, a.deed, a.subject_id, 'draw', 0,
    (nullif(a.detail::jsonb ->> 'fair_value', 'unknown'))::bigint,
    (nullif(a.detail::jsonb ->> 'lowered_by', 'none'))::uuid, (nullif(a.detail::jsonb ->> 'moved_by', 'none'))::uuid, null,
    a.detail like '%"waited":%', worth_unit(v.unit)
from audit as a
left join rewards as v on v.clinic_id = :clinic and (a.detail::jsonb ->> 'reward')::uuid = v.reward_id
where a.clinic_id = :clinic and a.participant_id = any(:participants::uuid[]) and a.deed = 'prize.given'
union all
select
    a.participant_id, a.seq, a.at, a.actor_id, a.role, a.deed, a.subject_id,
    case when c.prize_id is null then c.unit else 'draw' end, case when c.prize_id is null then c.amount else 0 end,
    case when c.prize_id is null then r.fair_value / r.quantity * c.quantity else c.amount end, null, null, null, false,
    worth_unit(c.unit)
from audit as a
inner join redemption_changes as c on c.clinic_id = :clinic and a.subject_id = c.redemption_change_id
left join redemptions as r on r.clinic_id = :clinic and c.redemption_id = r.redemption_id
where
    a.clinic_id = :clinic and a.participant_id = any(:participants::uuid[])
    and a.deed = 'redemption_change.approved' and c.kind = 'replacement'
order by 1, 2;

-- name: ended
-- When what was handed out to some participants ended otherwise, by its number in the trail: an order that failed or was
-- called back, and what a provider paid back.
select participant_id, seq, subject_id from audit
where
    clinic_id = :clinic and participant_id = any(:participants::uuid[])
    and deed in ('redemption.canceled', 'redemption.failed', 'redemption.reversed')
order by participant_id, seq;

-- name: visits
-- The visits and corrections of some participants that somebody recorded, with the number of their entry in the trail.
select
    e.participant_id, coalesce(e.chart_id, e.participant_id) as chart_id, v.enrollment_id, v.fact_no, v.event_id as deed_id,
    v.recorded_by as done_by, v.effect = 'success' as is_success, v.occurred_at, v.recorded_at, a.seq
from enrollments as e
inner join events as v on v.clinic_id = :clinic and e.enrollment_id = v.enrollment_id
inner join audit as a
    on a.clinic_id = :clinic and v.recorded_at = a.at and a.deed = 'events.recorded' and v.recording_id = a.subject_id
where e.clinic_id = :clinic and e.participant_id = any(:participants::uuid[]) and not v.imported
union all
select
    e.participant_id, coalesce(e.chart_id, e.participant_id), c.enrollment_id, c.fact_no, c.correction_id, c.recorded_by,
    false, v.occurred_at, c.recorded_at, a.seq
from enrollments as e
inner join corrections as c on c.clinic_id = :clinic and e.enrollment_id = c.enrollment_id
inner join events as v on v.clinic_id = :clinic and c.event_id = v.event_id
inner join audit as a on a.clinic_id = :clinic and c.recorded_at = a.at and c.correction_id = a.subject_id
where
    e.clinic_id = :clinic and e.participant_id = any(:participants::uuid[]) and c.closure_id is null
    and c.merge_id is null
order by 1, 10, 4;

-- name: posted
-- What was posted because of each visit and correction of some participants, by unit, and what of it had been handed out
-- already when it was taken back.
select
    e.participant_id, a.enrollment_id, a.cause_no, a.unit, sum(a.amount)::bigint as amount,
    sum(a.unrecovered)::bigint as spent
from enrollments as e
inner join awards as a on a.clinic_id = :clinic and e.enrollment_id = a.enrollment_id
where e.clinic_id = :clinic and e.participant_id = any(:participants::uuid[]) and a.cause_no > 0
group by e.participant_id, a.enrollment_id, a.cause_no, a.unit;

-- name: starts
-- The enrollments of some participants with the number of their entry in the trail, and the welcome of each by unit.
select
    e.participant_id, coalesce(e.chart_id, e.participant_id) as chart_id, e.enrollment_id, e.program, e.starts_on, e.opened_at,
    e.opened_by, a.seq, (
        select jsonb_object_agg(w.unit, w.amount)::text
        from (
            select b.unit, sum(b.amount) as amount
            from awards as b
            where b.clinic_id = :clinic and b.enrollment_id = e.enrollment_id and b.kind = 'welcome'
            group by b.unit
            having sum(b.amount) > 0
        ) as w
    ) as welcome
from enrollments as e
inner join audit as a
    on a.clinic_id = :clinic and e.opened_at = a.at and a.deed = 'enrollment.opened' and e.enrollment_id = a.subject_id
where e.clinic_id = :clinic and e.participant_id = any(:participants::uuid[])
order by e.participant_id, a.seq;

-- name: looks
-- The looks at what was done for some participants, with the number of their entry in the trail; none has one that stood there
-- before there were looks.
select l.participant_id, l.second_look_id, l.looked_at, l.looked_by, l.through, a.seq
from second_looks as l
left join audit as a
    on
        a.clinic_id = :clinic and l.looked_at = a.at and a.deed = 'second_look.taken' and l.second_look_id = a.subject_id
where l.clinic_id = :clinic and l.participant_id = any(:participants::uuid[])
order by l.participant_id, a.seq;

-- name: merged
-- When some charts were made one and taken apart again, by its number in the trail.
select a.seq, a.deed = 'participants.merged' as joins, m.merge_id, m.survivor_id, m.ended_id
from audit as a
inner join merges as m on m.clinic_id = :clinic and a.subject_id = m.merge_id
where
    a.clinic_id = :clinic and a.participant_id = any(:participants::uuid[])
    and a.deed in ('participants.merged', 'participants.unmerged')
order by a.seq;

-- name: settings
-- Every setting of the rules, newest first, with the number of its entry in the trail.
select r.*, a.seq
from second_person_rules as r
inner join audit as a
    on
        a.clinic_id = :clinic and r.set_at = a.at and a.deed = 'second_person_rules.set'
        and r.second_person_rules_id = a.subject_id
where r.clinic_id = :clinic
order by r.second_person_rules_id desc;

-- name: staff
-- What the trail says became of members of staff: their role, and whether they were disabled or let in again by it.
select
    seq, at, subject_id as staff_id, detail::jsonb ->> 'role' as role,
    coalesce('disabled' = any(string_to_array(detail::jsonb ->> 'fields', ',')), false) as toggles
from audit
where clinic_id = :clinic and deed in ('staff.created', 'staff.changed') and detail::jsonb ->> 'role' is not null
order by seq;

-- name: unseen
-- Everything that the trail says was handed out and that says how much waited, in its order, with who had to do with each
-- participant and since when, and when it was taken back.
with handed as (
    select
        a.seq, a.at, a.actor_id as given_by, a.role, a.deed, a.subject_id, a.participant_id,
        case
            when a.deed = 'prize.given' then coalesce((nullif(a.detail::jsonb ->> 'fair_value', 'unknown'))::bigint, 0)
            else greatest(r.fair_value, case r.unit when worth_unit(r.unit) then r.amount end, 0)
        end as worth,
        worth_unit(coalesce(v.unit, r.unit)) as currency
    from audit as a
    left join redemptions as r on r.clinic_id = :clinic and a.subject_id = r.redemption_id
    left join rewards as v
        on v.clinic_id = :clinic and a.deed = 'prize.given' and (a.detail::jsonb ->> 'reward')::uuid = v.reward_id
    where
        a.clinic_id = :clinic and a.deed in ('redemption.given', 'redemption.ordered', 'prize.given')
        and a.detail like '%"waited":%'
),

ended as (
    select coalesce((detail::jsonb ->> 'redemption')::uuid, (detail::jsonb ->> 'prize')::uuid, subject_id) as subject_id, seq
    from audit
    where
        clinic_id = :clinic
        and (
            deed in ('redemption.canceled', 'redemption.failed', 'redemption.reversed')
            or deed = 'redemption_change.approved' and detail::jsonb ->> 'kind' = 'take_back'
        )
),

people as (
    select distinct participant_id from handed
),

known as (
    select d.participant_id, jsonb_agg(jsonb_build_array(d.done_by, d.since) order by d.since)::text as known
    from (
        select one.participant_id, one.done_by, min(one.since) as since
        from (
            select e.participant_id, e.opened_by as done_by, e.opened_at as since
            from people
            inner join enrollments as e on e.clinic_id = :clinic and people.participant_id = e.participant_id
            union all
            select e.participant_id, v.recorded_by, min(v.recorded_at)
            from people
            inner join enrollments as e on e.clinic_id = :clinic and people.participant_id = e.participant_id
            inner join events as v on v.clinic_id = :clinic and e.enrollment_id = v.enrollment_id
            where not v.imported
            group by e.participant_id, v.recorded_by
            union all
            select e.participant_id, c.recorded_by, min(c.recorded_at)
            from people
            inner join enrollments as e on e.clinic_id = :clinic and people.participant_id = e.participant_id
            inner join corrections as c on c.clinic_id = :clinic and e.enrollment_id = c.enrollment_id
            group by e.participant_id, c.recorded_by
            union all
            select people.participant_id, coalesce((a.detail::jsonb ->> 'by')::uuid, a.actor_id), a.at
            from people
            inner join audit as a on a.clinic_id = :clinic and people.participant_id = a.participant_id
            where a.deed in ('redemption.given', 'prize.given')
            union all
            select l.participant_id, l.looked_by, l.looked_at
            from people
            inner join second_looks as l on l.clinic_id = :clinic and people.participant_id = l.participant_id
        ) as one
        where one.done_by <> :system and one.done_by <> one.participant_id
        group by one.participant_id, one.done_by
    ) as d
    group by d.participant_id
)

select
    h.*, k.known, (
        select min(e.opened_at) from enrollments as e
        where e.clinic_id = :clinic and e.participant_id = h.participant_id
    ) as enrolled_at, (select min(t.seq) from ended as t where t.subject_id = h.subject_id and t.seq > h.seq) as ended
from handed as h
left join known as k on h.participant_id = k.participant_id
order by h.seq;
