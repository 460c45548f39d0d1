-- name: earned
-- When some events happened and what was posted for each until now, one row a unit; one with nothing has no unit.
select e.event_id, e.occurred_at, a.unit, a.amount
from unnest($2::uuid[]) as asked (event_id)
cross join lateral (
    select * from events
    where events.clinic_id = $1 and events.event_id = asked.event_id
    offset 0
) as e
left join lateral (
    select awards.unit, sum(awards.amount)::bigint as amount from awards
    where awards.clinic_id = $1 and awards.enrollment_id = e.enrollment_id and awards.fact_no = e.fact_no
    group by awards.unit
) as a on true;

-- name: facts
-- All facts of some enrollments, each one's in the order recorded, to be folded again.
select
    e.enrollment_id, e.event_id, e.fact_no, e.target, e.outcome, e.occurred_at, e.recorded_by, e.expected_on
from unnest($2::uuid[]) as asked (enrollment_id)
cross join lateral (
    select * from events
    where events.clinic_id = $1 and events.enrollment_id = asked.enrollment_id
    order by fact_no
    offset 0
) as e;

-- name: find
select
    e.event_id, e.enrollment_id, e.participant_id, e.fact_no, e.target, e.outcome, e.effect, e.program_week,
    e.occurred_at, e.recorded_at, e.recorded_by, e.reference, e.expected_on, n.program, n.version, n.starts_on
from events as e
inner join enrollments as n on e.clinic_id = n.clinic_id and e.enrollment_id = n.enrollment_id
where e.clinic_id = $1 and e.event_id = $2;

-- name: happened
-- Which of some enrollments have an event that happened from $3 until before $4.
select asked.enrollment_id
from unnest($2::uuid[]) as asked (enrollment_id)
where exists (
    select from events as e
    where
        e.clinic_id = $1 and e.enrollment_id = asked.enrollment_id and e.occurred_at >= $3
        and e.occurred_at < $4
);

-- name: list
-- Events of the whole clinic, newest recorded first.
select
    e.event_id, e.enrollment_id, e.participant_id, e.fact_no, e.target, e.outcome, e.effect, e.program_week,
    e.occurred_at, e.recorded_at, e.recorded_by, e.reference, e.expected_on, n.program, n.version, n.starts_on
from events as e
inner join enrollments as n on e.clinic_id = n.clinic_id and e.enrollment_id = n.enrollment_id
where
    e.clinic_id = $1
    and e.event_id < $2
    and ($4::timestamptz is null or e.occurred_at >= $4)
    and ($5::timestamptz is null or e.occurred_at < $5)
order by e.event_id desc
limit $3;

-- name: list_of_enrollment
-- Events of one enrollment, newest recorded first.
select
    e.event_id, e.enrollment_id, e.participant_id, e.fact_no, e.target, e.outcome, e.effect, e.program_week,
    e.occurred_at, e.recorded_at, e.recorded_by, e.reference, e.expected_on, n.program, n.version, n.starts_on
from events as e
inner join enrollments as n on e.clinic_id = n.clinic_id and e.enrollment_id = n.enrollment_id
where
    e.clinic_id = $1
    and e.event_id < $2
    and e.enrollment_id = $6
    and ($4::timestamptz is null or e.occurred_at >= $4)
    and ($5::timestamptz is null or e.occurred_at < $5)
order by e.event_id desc
limit $3;

-- name: list_of_participant
-- Events of one participant, by way of the enrollments, newest recorded first.
select
    e.event_id, e.enrollment_id, e.participant_id, e.fact_no, e.target, e.outcome, e.effect, e.program_week,
    e.occurred_at, e.recorded_at, e.recorded_by, e.reference, e.expected_on, n.program, n.version, n.starts_on
from events as e
inner join enrollments as n on e.clinic_id = n.clinic_id and e.enrollment_id = n.enrollment_id
where
    e.clinic_id = $1
    and e.event_id < $2
    and e.enrollment_id in (
        select own.enrollment_id from enrollments as own
        where own.clinic_id = $1 and own.participant_id = $6
    )
    and ($4::timestamptz is null or e.occurred_at >= $4)
    and ($5::timestamptz is null or e.occurred_at < $5)
order by e.event_id desc
limit $3;

-- name: missed
-- What the service recorded as missed on the due days $2 to $3, in the order of its people.
select event_id, enrollment_id, participant_id from events
where clinic_id = $1 and expected_on between $2 and $3
order by participant_id, enrollment_id, fact_no
limit $4;
