-- part: role
-- The role that somebody has now who recorded or opened something; none of the service itself.
coalesce(
    (select m.role from staff as m where m.clinic_id = :clinic and m.staff_id = done.done_by),
    (select k.role from keys as k where k.clinic_id = :clinic and k.key_id = done.done_by)
) as role;

-- part: rules
roles, record_within_days, enroll_within_days, recorded_usd_max, recorded_points_max, recorded_draws_max, given_usd_max,
given_points_max, overturn_own, new_address_hours, welcomed_usd_max, welcomed_points_max, welcomed_draws_max, unseen_usd_max, set_at,
set_by;

-- part: looked
-- The enrollments of a participant with the number of the last fact that somebody else has looked at, and until when
-- looks without such numbers reach. An enrollment that no look names is not looked at.
own as (
    select
        e.enrollment_id, e.program, e.starts_on, e.opened_at, e.opened_by, (
            select max((l.through ->> e.enrollment_id::text)::integer) from second_looks as l
            where l.clinic_id = :clinic and l.participant_id = any(:charts::uuid[])
        ) as looked_no, coalesce(
            (
                select max(l.looked_at) from second_looks as l
                where l.clinic_id = :clinic and l.participant_id = any(:charts::uuid[]) and l.through is null
            ), '-infinity'
        ) as looked_at
    from enrollments as e
    where e.clinic_id = :clinic and e.participant_id = any(:charts::uuid[])
);

-- name: bound_of_many
-- Wait for whoever else is asking about a bound over many participants; no lock of one participant holds these apart.
select pg_advisory_xact_lock(hashtextextended(:clinic::uuid::text || '/bound of many', 0));

-- name: given
-- How much of a unit each person handed out to a participant since a moment: rewards given, those taken back again
-- among them, and what was given in place of others.
select h.done_by, sum(h.amount)::bigint as amount
from (
    select r.settled_by as done_by, r.amount
    from redemptions as r
    where
        r.clinic_id = :clinic and r.participant_id = any(:charts::uuid[]) and r.status = 'given' and r.unit = :unit
        and r.settled_at >= :since
    union all
    -- What is on order leaves as soon as its provider has it.
    select r.requested_by, r.amount
    from redemptions as r
    where
        r.clinic_id = :clinic and r.participant_id = any(:charts::uuid[]) and r.unit = :unit
        and r.status in ('ordered', 'awaiting_provider', 'awaiting_funds') and r.requested_at >= :since
    union all
    select case c.kind when 'take_back' then c.given_by else c.settled_by end, c.amount
    from redemptions as r
    inner join redemption_changes as c on r.clinic_id = c.clinic_id and r.redemption_id = c.redemption_id
    where
        r.clinic_id = :clinic and r.participant_id = any(:charts::uuid[]) and r.unit = :unit
        and c.status = 'approved'
        and case c.kind when 'take_back' then c.given_at else c.settled_at end >= :since
) as h
group by h.done_by;

-- name: given_worth
-- What the rewards are worth, by currency, that each person handed out to a participant since a moment, whatever was paid for
-- them, those taken back again among them, what was given in place of others, and prizes.
select h.currency, h.done_by, sum(h.worth)::bigint as amount
from (
    select worth_unit(r.unit) as currency, r.settled_by as done_by, greatest(r.fair_value, case when r.unit = worth_unit(r.unit) then r.amount end, 0) as worth
    from redemptions as r
    where
        r.clinic_id = :clinic and r.participant_id = any(:charts::uuid[]) and r.status = 'given'
        and r.settled_at >= :since
    union all
    -- What is on order leaves as soon as its provider has it.
    select worth_unit(r.unit), r.requested_by, greatest(r.fair_value, case when r.unit = worth_unit(r.unit) then r.amount end, 0)
    from redemptions as r
    where
        r.clinic_id = :clinic and r.participant_id = any(:charts::uuid[])
        and r.status in ('ordered', 'awaiting_provider', 'awaiting_funds') and r.requested_at >= :since
    union all
    select
        worth_unit(r.unit), case c.kind when 'take_back' then c.given_by else c.settled_by end,
        greatest(r.fair_value / r.quantity * c.quantity, case when r.unit = worth_unit(r.unit) then c.amount end, 0)
    from redemptions as r
    inner join redemption_changes as c on r.clinic_id = c.clinic_id and r.redemption_id = c.redemption_id
    where
        r.clinic_id = :clinic and r.participant_id = any(:charts::uuid[])
        and c.status = 'approved'
        and case c.kind when 'take_back' then c.given_at else c.settled_at end >= :since
    union all
    -- What was given in place of a prize, and a prize that was taken back.
    select c.unit, case c.kind when 'take_back' then c.given_by else c.settled_by end, c.amount
    from prizes as z
    inner join redemption_changes as c on z.clinic_id = c.clinic_id and z.prize_id = c.prize_id
    where
        z.clinic_id = :clinic and z.participant_id = any(:charts::uuid[]) and c.status = 'approved'
        and case c.kind when 'take_back' then c.given_at else c.settled_at end >= :since
    union all
    select worth_unit(v.unit), z.given_by, coalesce(z.fair_value, 0)
    from prizes as z
    left join rewards as v on v.clinic_id = :clinic and z.reward_id = v.reward_id
    where
        z.clinic_id = :clinic and z.participant_id = any(:charts::uuid[]) and z.status = 'given' and z.given_at >= :since
) as h
group by h.currency, h.done_by;

-- name: insert
-- The participant is locked, so the numbers are those of all that is on record.
insert into second_looks (clinic_id, second_look_id, participant_id, looked_at, looked_by, deeds, note, through)
select :clinic, :second_look_id, :participant_id, :now, :looked_by, :deeds, :note, coalesce(jsonb_object_agg(
    e.enrollment_id, greatest(
        (
            select max(v.fact_no) from events as v
            where v.clinic_id = :clinic and v.enrollment_id = e.enrollment_id
        ), (
            select max(c.fact_no) from corrections as c
            where c.clinic_id = :clinic and c.enrollment_id = e.enrollment_id
        ), 0
    )
), '{}')
from enrollments as e
where e.clinic_id = :clinic and e.participant_id = any(:charts::uuid[]);

-- name: known_by
-- Everybody who has had to do with a participant: opened an enrollment, recorded or corrected a visit, handed something
-- out, or looked. The service itself and the participant are nobody else, and nothing is said by what was imported.
select done.done_by, {role}
from (
    select e.opened_by as done_by
    from enrollments as e
    where e.clinic_id = :clinic and e.participant_id = any(:charts::uuid[])
    union
    select v.recorded_by
    from enrollments as e
    inner join events as v on v.clinic_id = :clinic and e.enrollment_id = v.enrollment_id
    where e.clinic_id = :clinic and e.participant_id = any(:charts::uuid[]) and not v.imported
    union
    select c.recorded_by
    from enrollments as e
    inner join corrections as c on c.clinic_id = :clinic and e.enrollment_id = c.enrollment_id
    where e.clinic_id = :clinic and e.participant_id = any(:charts::uuid[])
    union
    select r.settled_by
    from redemptions as r
    where r.clinic_id = :clinic and r.participant_id = any(:charts::uuid[]) and r.status = 'given'
    union
    select z.given_by
    from prizes as z
    where z.clinic_id = :clinic and z.participant_id = any(:charts::uuid[]) and z.status = 'given'
    union
    select l.looked_by
    from second_looks as l
    where l.clinic_id = :clinic and l.participant_id = any(:charts::uuid[])
) as done
where done.done_by <> :system and done.done_by <> all(:charts::uuid[]);

-- name: unseen
-- What went out since a moment, by its worth in a currency, to participants whom nobody but some accounts and keys has had to do
-- with. Only what was asked for since an id is looked at.
with given as (
    select h.participant_id, sum(h.worth) as worth
    from (
        select r.participant_id, greatest(r.fair_value, case when r.unit = worth_unit(r.unit) then r.amount end, 0) as worth
        from redemptions as r
        where
            r.clinic_id = :clinic and r.redemption_id >= :earliest_id and r.status = 'given' and r.settled_at >= :since
            and worth_unit(r.unit) = :currency
        union all
        select r.participant_id, greatest(r.fair_value, case when r.unit = worth_unit(r.unit) then r.amount end, 0)
        from redemptions as r
        where
            r.clinic_id = :clinic and r.redemption_id >= :earliest_id
            and r.status in ('ordered', 'awaiting_provider', 'awaiting_funds') and worth_unit(r.unit) = :currency
        union all
        select z.participant_id, coalesce(z.fair_value, 0)
        from prizes as z
        left join rewards as v on v.clinic_id = :clinic and z.reward_id = v.reward_id
        where
            z.clinic_id = :clinic and z.status = 'given' and z.given_at >= :since and worth_unit(v.unit) = :currency
    ) as h
    group by h.participant_id
)

select coalesce(sum(given.worth), 0)::bigint
from given
where
    not exists (
        select from enrollments as e
        where
            e.clinic_id = :clinic and e.participant_id = given.participant_id and e.opened_by <> all(:hands::uuid[])
    )
    and exists (
        select from enrollments as e
        where e.clinic_id = :clinic and e.participant_id = given.participant_id
    )
    and not exists (
        select from redemptions as r
        where
            r.clinic_id = :clinic and r.participant_id = given.participant_id and r.status = 'given'
            and r.settled_by <> all(:hands::uuid[]) and r.settled_by <> given.participant_id and r.settled_by <> :system
    )
    and not exists (
        select from prizes as z
        where
            z.clinic_id = :clinic and z.participant_id = given.participant_id and z.status = 'given'
            and z.given_by <> all(:hands::uuid[])
    )
    and not exists (
        select from second_looks as l
        where l.clinic_id = :clinic and l.participant_id = given.participant_id
    )
    and not exists (
        select from enrollments as e
        inner join events as v on v.clinic_id = :clinic and e.enrollment_id = v.enrollment_id
        where
            e.clinic_id = :clinic and e.participant_id = given.participant_id and not v.imported
            and v.recorded_by <> all(:hands::uuid[]) and v.recorded_by <> :system
    )
    and not exists (
        select from enrollments as e
        inner join corrections as c on c.clinic_id = :clinic and e.enrollment_id = c.enrollment_id
        where
            e.clinic_id = :clinic and e.participant_id = given.participant_id
            and c.recorded_by <> all(:hands::uuid[]) and c.recorded_by <> :system
    );

-- name: of_person
-- The looks at what was done for a participant, newest first.
select second_look_id, participant_id, looked_at, looked_by, deeds, note
from second_looks
where clinic_id = :clinic and participant_id = any(:charts::uuid[])
order by second_look_id desc
limit :limit;

-- name: opened
-- The enrollments of a participant that nobody else has looked at, with the welcome that was paid for each by unit, and
-- whether the participant, under whichever chart, had begun the program before.
with {looked}
select done.*, {role}
from (
    select
        own.enrollment_id, own.starts_on, own.opened_at, own.opened_by, own.opened_by as done_by, exists (
            select from own as before
            where before.program = own.program and before.opened_at < own.opened_at
        ) as is_again, (
            select jsonb_object_agg(w.unit, w.amount)::text
            from (
                select a.unit, sum(a.amount) as amount
                from awards as a
                where a.clinic_id = :clinic and a.enrollment_id = own.enrollment_id and a.kind = 'welcome'
                group by a.unit
                having sum(a.amount) > 0
            ) as w
        ) as welcome
    from own
    where own.looked_no is null and own.opened_at > own.looked_at
) as done;

-- name: recorded
-- The visits and corrections of a participant that nobody else has looked at, with what was posted by unit for each, on
-- whichever visit, and what it would have taken back had that not been handed out already; none of an import, of a closure or of a merge. The newest thousand.
with {looked}, posted as (
    select
        s.enrollment_id, s.cause_no, jsonb_object_agg(s.unit, s.amount)::text as earned,
        (jsonb_object_agg(s.unit, s.spent) filter (where s.spent > 0))::text as spent
    from (
        select a.enrollment_id, a.cause_no, a.unit, sum(a.amount) as amount, sum(a.unrecovered) as spent
        from own
        inner join awards as a on a.clinic_id = :clinic and own.enrollment_id = a.enrollment_id
        where a.cause_no > coalesce(own.looked_no, 0)
        group by a.enrollment_id, a.cause_no, a.unit
    ) as s
    group by s.enrollment_id, s.cause_no
), deeds as (
    select
        v.event_id as deed_id, v.enrollment_id, v.fact_no, v.effect, v.occurred_at, v.recorded_at,
        v.recorded_by as done_by
    from own
    inner join events as v on v.clinic_id = :clinic and own.enrollment_id = v.enrollment_id
    where not v.imported and v.fact_no > coalesce(own.looked_no, 0) and v.recorded_at > own.looked_at
    union all
    select c.correction_id, c.enrollment_id, c.fact_no, 'neutral', v.occurred_at, c.recorded_at, c.recorded_by
    from own
    inner join corrections as c on c.clinic_id = :clinic and own.enrollment_id = c.enrollment_id
    inner join events as v on v.clinic_id = :clinic and c.event_id = v.event_id
    where
        c.closure_id is null and c.merge_id is null and c.fact_no > coalesce(own.looked_no, 0)
        and c.recorded_at > own.looked_at
)
select done.*, {role}, posted.earned, posted.spent
from (
    select * from deeds
    order by recorded_at desc
    limit 1000
) as done
left join posted on done.enrollment_id = posted.enrollment_id and done.fact_no = posted.cause_no;

-- name: rules
-- The rules that hold, if any were set.
select {rules}
from second_person_rules
where clinic_id = :clinic
order by second_person_rules_id desc
limit 1;

-- name: managers_asked_since
-- Since when managers are asked about as anybody; none in a clinic of which they always were.
select managers_asked_since from clinics
where clinic_id = :clinic;

-- name: settings
-- Every setting of the rules, newest first.
select {rules}
from second_person_rules
where clinic_id = :clinic
order by second_person_rules_id desc;

-- name: set_rules
insert into second_person_rules (
    clinic_id, second_person_rules_id, roles, record_within_days, enroll_within_days, recorded_usd_max,
    recorded_points_max, recorded_draws_max, given_usd_max, given_points_max, overturn_own, new_address_hours,
    welcomed_usd_max, welcomed_points_max, welcomed_draws_max, unseen_usd_max, set_at, set_by
) values (
    :clinic, :second_person_rules_id, :roles, :record_within_days, :enroll_within_days, :recorded_usd_max,
    :recorded_points_max, :recorded_draws_max, :given_usd_max, :given_points_max, :overturn_own,
    :new_address_hours, :welcomed_usd_max, :welcomed_points_max, :welcomed_draws_max, :unseen_usd_max, :now, :set_by
);

-- name: welcomes
-- What the welcomes of the enrollments came to that each person opened since a moment, up to one of them, by unit.
select e.opened_by as done_by, a.unit, sum(a.amount)::bigint as amount
from enrollments as e
inner join awards as a on a.clinic_id = :clinic and e.enrollment_id = a.enrollment_id
where
    e.clinic_id = :clinic and e.enrollment_id >= :earliest_id and e.enrollment_id <= :enrollment_id
    and e.opened_at >= :since and a.kind = 'welcome'
group by e.opened_by, a.unit;
