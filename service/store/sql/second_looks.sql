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
-- The visits of a participant that were recorded since the last look, with what each earned by unit; none of an import.
select done.*, {role}, (
    select jsonb_object_agg(s.unit, s.amount)::text
    from (
        select a.unit, sum(a.amount) as amount
        from awards as a
        where a.clinic_id = :clinic and a.enrollment_id = done.enrollment_id and a.event_id = done.event_id
        group by a.unit
    ) as s
) as earned
from (
    select
        v.event_id, v.enrollment_id, v.occurred_at, v.recorded_at, v.recorded_by, v.recorded_by as done_by
    from enrollments as e
    inner join events as v on e.clinic_id = v.clinic_id and e.enrollment_id = v.enrollment_id
    where
        e.clinic_id = :clinic and e.participant_id = any(:charts::uuid[]) and not v.imported
        and v.recorded_at > {since}
    order by v.recorded_at desc
    limit 1000
) as done;

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
