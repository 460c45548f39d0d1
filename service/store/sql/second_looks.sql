-- part: role
-- The role that somebody has now who recorded or opened something; none of the service itself.
coalesce(
    (select m.role from staff as m where m.clinic_id = :clinic and m.staff_id = done.done_by),
    (select k.role from keys as k where k.clinic_id = :clinic and k.key_id = done.done_by)
) as role;

-- part: since
-- When somebody else looked last at what was done for a participant.
coalesce(
    (
        select max(l.looked_at) from second_looks as l
        where l.clinic_id = :clinic and l.participant_id = any(:charts::uuid[])
    ), '-infinity'
);

-- name: given
-- How much of a unit somebody handed out to a participant since a moment.
select coalesce(sum(r.amount), 0)::bigint as amount
from redemptions as r
where
    r.clinic_id = :clinic and r.participant_id = any(:charts::uuid[]) and r.status = 'given'
    and r.settled_by = :settled_by and r.unit = :unit and r.settled_at >= :since;

-- name: insert
insert into second_looks (clinic_id, second_look_id, participant_id, looked_at, looked_by, deeds, note)
values (:clinic, :second_look_id, :participant_id, :now, :looked_by, :deeds, :note);

-- name: of_person
-- The looks at what was done for a participant, newest first.
select second_look_id, participant_id, looked_at, looked_by, deeds, note
from second_looks
where clinic_id = :clinic and participant_id = any(:charts::uuid[])
order by second_look_id desc
limit :limit;

-- name: opened
-- The enrollments that were opened for a participant since the last look.
select done.*, {role}
from (
    select e.enrollment_id, e.starts_on, e.opened_at, e.opened_by, e.opened_by as done_by
    from enrollments as e
    where e.clinic_id = :clinic and e.participant_id = any(:charts::uuid[]) and e.opened_at > {since}
) as done;

-- name: recorded
-- The visits of a participant that were recorded since the last look, with what was posted by unit for each, on
-- whichever visit; none of an import.
with own as (
    select e.enrollment_id from enrollments as e
    where e.clinic_id = :clinic and e.participant_id = any(:charts::uuid[])
), posted as (
    select s.enrollment_id, s.cause_no, jsonb_object_agg(s.unit, s.amount)::text as earned
    from (
        select a.enrollment_id, a.cause_no, a.unit, sum(a.amount) as amount
        from own
        inner join awards as a on a.clinic_id = :clinic and own.enrollment_id = a.enrollment_id
        where a.posted_at > {since}
        group by a.enrollment_id, a.cause_no, a.unit
    ) as s
    group by s.enrollment_id, s.cause_no
)
select done.*, {role}, posted.earned
from (
    select
        v.event_id, v.enrollment_id, v.fact_no, v.effect, v.occurred_at, v.recorded_at, v.recorded_by as done_by
    from own
    inner join events as v on v.clinic_id = :clinic and own.enrollment_id = v.enrollment_id
    where not v.imported and v.recorded_at > {since}
    order by v.recorded_at desc
    limit 1000
) as done
left join posted on done.enrollment_id = posted.enrollment_id and done.fact_no = posted.cause_no;

-- name: rules
-- The rules that hold, if any were set.
select
    roles, record_within_days, enroll_within_days, recorded_usd_max, recorded_points_max, recorded_draws_max,
    given_usd_max, given_points_max, overturn_own, set_at, set_by
from second_person_rules
where clinic_id = :clinic
order by second_person_rules_id desc
limit 1;

-- name: set_rules
insert into second_person_rules (
    clinic_id, second_person_rules_id, roles, record_within_days, enroll_within_days, recorded_usd_max,
    recorded_points_max, recorded_draws_max, given_usd_max, given_points_max, overturn_own, set_at, set_by
) values (
    :clinic, :second_person_rules_id, :roles, :record_within_days, :enroll_within_days, :recorded_usd_max,
    :recorded_points_max, :recorded_draws_max, :given_usd_max, :given_points_max, :overturn_own, :now, :set_by
);
