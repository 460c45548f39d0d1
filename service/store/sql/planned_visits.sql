-- part: columns
p.enrollment_id, p.plan_no, p.planned_visit_id, p.target, p.laid_on, p.ordinal, p.made_no, p.day, p.begins_at,
p.reason, p.appointment, p.planned_at, p.planned_by;

-- name: as_planned
-- What was planned of the visits of some enrollments, in its order, and the days that were drawn for them.
(
    select
        enrollment_id, plan_no, target, laid_on, coalesce(ordinal, -coalesce(made_no, plan_no)) as number, day,
        false as is_drawn
    from planned_visits
    where clinic_id = :clinic and enrollment_id = any(:enrollments::uuid[])
    order by enrollment_id, plan_no
)
union all
(
    select enrollment_id, null, target, null, 1, day, true
    from drawn_days
    where clinic_id = :clinic and enrollment_id = any(:enrollments::uuid[]) and is_drawn
    order by enrollment_id, day
);

-- name: by_appointment
-- What was last planned under an appointment's digest.
select {columns}
from planned_visits as p
where p.clinic_id = :clinic and p.appointment = :appointment
order by p.planned_at desc, p.plan_no desc
limit 1;

-- name: insert
insert into planned_visits (
    clinic_id, enrollment_id, plan_no, planned_visit_id, target, laid_on, ordinal, made_no, day, begins_at, reason,
    appointment, planned_at, planned_by
)
values (
    :clinic, :enrollment_id, :plan_no, :planned_visit_id, :target, :laid_on, :ordinal, :made_no, :day, :begins_at,
    :reason, :appointment, :now, :planned_by
);

-- name: missed_there
-- Visits that the service recorded as missed on the days :first_day to :last_day, which they had been moved to.
select e.event_id, e.enrollment_id, n.participant_id
from planned_visits as p
inner join events as e
    on
        e.clinic_id = :clinic and e.enrollment_id = p.enrollment_id and e.target = p.target
        and e.expected_on = p.laid_on and (e.occurred_at at time zone :zone)::date = p.day
inner join enrollments as n on n.clinic_id = :clinic and n.enrollment_id = e.enrollment_id
where p.clinic_id = :clinic and p.day between :first_day and :last_day and p.day <> p.laid_on
order by n.participant_id, e.enrollment_id, e.fact_no
limit :limit;

-- name: of_enrollments
-- All that was ever planned of some enrollments, in its order.
select {columns}
from planned_visits as p
where p.clinic_id = :clinic and p.enrollment_id = any(:enrollments::uuid[])
order by p.enrollment_id, p.plan_no;
