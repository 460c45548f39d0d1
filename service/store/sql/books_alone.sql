-- name: clinic
-- Of a clinic in one row: the first hand-out whose entry says how much waited for a look, from which on every hand-out is
-- worked out again; the role of every key; every setting of the rules, newest first, with the number of its entry; what
-- became of members of staff, their role, and whether they were disabled or let in again by it; and since when managers
-- are asked about as anybody.
select
    first.seq as first_seq, first.at as first_at, (
        select coalesce(json_object_agg(k.key_id, k.role), '{}')::text from keys as k
        where k.clinic_id = :clinic
    ) as keys, (
        select coalesce(json_agg(json_build_object('seq', a.seq, 'rules', to_jsonb(r)) order by r.second_person_rules_id desc), '[]')::text
        from second_person_rules as r
        inner join audit as a
            on
                a.clinic_id = :clinic and r.set_at = a.at and a.deed = 'second_person_rules.set'
                and r.second_person_rules_id = a.subject_id
        where r.clinic_id = :clinic
    ) as settings, (
        select coalesce(
            json_agg(
                json_build_object(
                    'seq', a.seq, 'at', a.at, 'staff', a.subject_id, 'role', a.detail::jsonb ->> 'role', 'toggles',
                    coalesce('disabled' = any(string_to_array(a.detail::jsonb ->> 'fields', ',')), false)
                ) order by a.seq
            ), '[]'
        )::text
        from audit as a
        where
            a.clinic_id = :clinic and a.deed in ('staff.created', 'staff.changed')
            and a.detail::jsonb ->> 'role' is not null
    ) as staff, c.managers_asked_since
from clinics as c
left join lateral (
    select a.seq, a.at from audit as a
    where
        a.clinic_id = :clinic and a.deed in ('redemption.given', 'redemption.ordered', 'prize.given')
        and a.detail like '%"waited":%'
    order by a.seq
    limit 1
) as first on true
where c.clinic_id = :clinic;

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

-- name: visits
-- The visits and corrections of some participants that somebody recorded, with the number of their entry in the trail, and what
-- was posted because of each by unit, with what of it had been handed out already when it was taken back.
with own as (
    select enrollment_id, participant_id, chart_id from enrollments
    where clinic_id = :clinic and participant_id = any(:participants::uuid[])
),

posted as (
    select
        s.enrollment_id, s.cause_no, json_object_agg(s.unit, s.amount)::text as earned,
        (json_object_agg(s.unit, s.spent) filter (where s.spent > 0))::text as spent
    from (
        select a.enrollment_id, a.cause_no, a.unit, sum(a.amount) as amount, sum(a.unrecovered) as spent
        from own
        inner join awards as a on a.clinic_id = :clinic and own.enrollment_id = a.enrollment_id
        group by a.enrollment_id, a.cause_no, a.unit
    ) as s
    group by s.enrollment_id, s.cause_no
),

deeds as (
    select
        e.participant_id, coalesce(e.chart_id, e.participant_id) as chart_id, v.enrollment_id, v.fact_no, v.event_id as deed_id,
        v.recorded_by as done_by, v.effect = 'success' as is_success, v.occurred_at, v.recorded_at, a.seq
    from own as e
    inner join events as v on v.clinic_id = :clinic and e.enrollment_id = v.enrollment_id
    inner join audit as a
        on a.clinic_id = :clinic and v.recorded_at = a.at and a.deed = 'events.recorded' and v.recording_id = a.subject_id
    where not v.imported
    union all
    select
        e.participant_id, coalesce(e.chart_id, e.participant_id), c.enrollment_id, c.fact_no, c.correction_id, c.recorded_by,
        false, v.occurred_at, c.recorded_at, a.seq
    from own as e
    inner join corrections as c on c.clinic_id = :clinic and e.enrollment_id = c.enrollment_id
    inner join events as v on v.clinic_id = :clinic and c.event_id = v.event_id
    inner join audit as a on a.clinic_id = :clinic and c.recorded_at = a.at and c.correction_id = a.subject_id
    where c.closure_id is null and c.merge_id is null
)

select d.*, p.earned, p.spent
from deeds as d
left join posted as p on d.enrollment_id = p.enrollment_id and d.fact_no = p.cause_no
order by d.participant_id, d.seq, d.fact_no;

-- name: others
-- Beside what was handed out to some participants: when it ended otherwise, by its number in the trail (an order that failed or was called
-- back, and what a provider paid back); their enrollments with the number of their entry and the welcome of each by unit; and
-- the looks at what was done for them, with the number of their entry, of which those have none that stood there before there
-- were any.
select
    one.participant_id, (
        select coalesce(json_object_agg(a.subject_id, a.seq), '{}')::text from audit as a
        where
            a.clinic_id = :clinic and a.participant_id = one.participant_id
            and a.deed in ('redemption.canceled', 'redemption.failed', 'redemption.reversed')
    ) as ended, (
        select coalesce(
            json_agg(
                json_build_object(
                    'chart', coalesce(e.chart_id, e.participant_id), 'enrollment', e.enrollment_id, 'program', e.program,
                    'starts_on', e.starts_on, 'opened_at', e.opened_at, 'opened_by', e.opened_by, 'seq', a.seq, 'welcome',
                    (
                        select coalesce(json_object_agg(w.unit, w.amount), '{}')
                        from (
                            select b.unit, sum(b.amount) as amount
                            from awards as b
                            where b.clinic_id = :clinic and b.enrollment_id = e.enrollment_id and b.kind = 'welcome'
                            group by b.unit
                            having sum(b.amount) > 0
                        ) as w
                    )
                ) order by a.seq
            ), '[]'
        )::text
        from enrollments as e
        inner join audit as a
            on
                a.clinic_id = :clinic and e.opened_at = a.at and a.deed = 'enrollment.opened'
                and e.enrollment_id = a.subject_id
        where e.clinic_id = :clinic and e.participant_id = one.participant_id
    ) as starts, (
        select coalesce(
            json_agg(
                json_build_object(
                    'seq', a.seq, 'at', l.looked_at, 'chart', l.participant_id, 'by', l.looked_by, 'through', l.through
                ) order by a.seq
            ), '[]'
        )::text
        from second_looks as l
        left join audit as a
            on
                a.clinic_id = :clinic and l.looked_at = a.at and a.deed = 'second_look.taken'
                and l.second_look_id = a.subject_id
        where l.clinic_id = :clinic and l.participant_id = one.participant_id
    ) as looks
from unnest(:participants::uuid[]) as one (participant_id);

-- name: merged
-- When some charts were made one and taken apart again, by its number in the trail.
select a.seq, a.deed = 'participants.merged' as joins, m.merge_id, m.survivor_id, m.ended_id
from audit as a
inner join merges as m on m.clinic_id = :clinic and a.subject_id = m.merge_id
where
    a.clinic_id = :clinic and a.participant_id = any(:participants::uuid[])
    and a.deed in ('participants.merged', 'participants.unmerged')
order by a.seq;

-- name: welcomes
-- What the welcomes came to, for some enrollments, of those that each person opened since a moment of each, up to it.
select one.enrollment_id, o.opened_by as done_by, a.unit, sum(a.amount)::bigint as amount
from unnest(:enrollments::uuid[], :since::timestamptz[], :earliest::uuid[]) as one (enrollment_id, since, earliest_id)
inner join enrollments as o
    on
        o.clinic_id = :clinic and one.earliest_id <= o.enrollment_id and one.enrollment_id >= o.enrollment_id
        and one.since <= o.opened_at
inner join awards as a on a.clinic_id = :clinic and o.enrollment_id = a.enrollment_id and a.kind = 'welcome'
group by one.enrollment_id, o.opened_by, a.unit;

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
