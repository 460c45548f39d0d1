-- part: columns
e.event_id, e.enrollment_id, n.participant_id, e.fact_no, e.target, e.outcome, e.effect, e.program_week,
e.occurred_at, e.recorded_at, e.recorded_by, e.reference, e.expected_on, e.another_of, e.quantity, e.minutes, n.program, n.version, n.starts_on;

-- part: fact
-- A fact `e`, to be folded again.
e.enrollment_id, e.event_id, e.fact_no, e.target, e.outcome, e.occurred_at, e.recorded_by, e.expected_on, e.imported,
e.quantity;

-- name: corrected_since
-- Corrections recorded from :since on, in the order recorded, each with its event.
select {columns}, c.correction_id as place
from (
    select * from corrections
    where
        corrections.clinic_id = :clinic and corrections.correction_id > :after
        and corrections.correction_id >= :earliest_id and corrections.recorded_at >= :since
    order by correction_id
    limit :limit
) as c
inner join events as e on e.clinic_id = :clinic and c.event_id = e.event_id
inner join enrollments as n on e.clinic_id = n.clinic_id and e.enrollment_id = n.enrollment_id
order by c.correction_id;

-- name: count_of_participant
select count(*) from events as e
where
    e.clinic_id = :clinic
    and e.enrollment_id in (
        select own.enrollment_id from enrollments as own
        where own.clinic_id = :clinic and own.participant_id = :participant_id
    );

-- name: earned
-- When some events happened and what was posted for each until now, one row a unit; one with nothing has no unit.
select e.event_id, e.occurred_at, a.unit, a.amount
from unnest(:events::uuid[]) as asked (event_id)
cross join lateral (
    select * from events
    where events.clinic_id = :clinic and events.event_id = asked.event_id
    offset 0
) as e
left join lateral (
    select awards.unit, sum(awards.amount)::bigint as amount from awards
    where awards.clinic_id = :clinic and awards.enrollment_id = e.enrollment_id and awards.fact_no = e.fact_no
    group by awards.unit
) as a on true;

-- name: facts
-- All facts of some enrollments, each one's in the order recorded, to be folded again.
select {fact}
from unnest(:enrollments::uuid[]) as asked (enrollment_id)
cross join lateral (
    select * from events
    where events.clinic_id = :clinic and events.enrollment_id = asked.enrollment_id
    order by fact_no
    offset 0
) as e;

-- name: facts_of_days
-- Facts that happened from :since until before :until, or say that nobody came to a visit due from :first_day to
-- :last_day; each enrollment's in the order recorded. Of :enrollments alone, where these are given.
select {fact}
from (
    (
        select * from events
        where
            events.clinic_id = :clinic and events.occurred_at >= :since and events.occurred_at < :until
            and (:enrollments::uuid[] is null or events.enrollment_id = any(:enrollments))
        offset 0
    )
    union all
    (
        select * from events
        where
            events.clinic_id = :clinic and events.expected_on >= :first_day and events.expected_on <= :last_day
            and (events.occurred_at < :since or events.occurred_at >= :until)
            and (:enrollments::uuid[] is null or events.enrollment_id = any(:enrollments))
        offset 0
    )
) as e
order by e.enrollment_id, e.fact_no;

-- name: find
select {columns}
from events as e
inner join enrollments as n on e.clinic_id = n.clinic_id and e.enrollment_id = n.enrollment_id
where e.clinic_id = :clinic and e.event_id = :event_id;

-- name: happened
-- Which enrollments have an event that happened from :since until before :until.
select distinct e.enrollment_id
from events as e
where e.clinic_id = :clinic and e.occurred_at >= :since and e.occurred_at < :until;

-- name: hold_reference
-- Keeps everybody else from giving this reference away, or back, until the transaction ends.
select pg_advisory_xact_lock(hashtextextended(:reference, 0) # hashtextextended((:clinic::uuid)::text, 1));

-- name: list
-- Events of the whole clinic, newest recorded first.
select {columns}
from events as e
inner join enrollments as n on e.clinic_id = n.clinic_id and e.enrollment_id = n.enrollment_id
where
    e.clinic_id = :clinic
    and e.event_id < :before
    and (:since::timestamptz is null or e.occurred_at >= :since)
    and (:until::timestamptz is null or e.occurred_at < :until)
order by e.event_id desc
limit :limit;

-- name: list_of_enrollment
-- Events of one enrollment, newest recorded first.
select {columns}
from events as e
inner join enrollments as n on e.clinic_id = n.clinic_id and e.enrollment_id = n.enrollment_id
where
    e.clinic_id = :clinic
    and e.event_id < :before
    and e.enrollment_id = :enrollment_id
    and (:since::timestamptz is null or e.occurred_at >= :since)
    and (:until::timestamptz is null or e.occurred_at < :until)
order by e.event_id desc
limit :limit;

-- name: list_of_participant
-- Events of one participant, by way of the enrollments, newest recorded first.
select {columns}
from events as e
inner join enrollments as n on e.clinic_id = n.clinic_id and e.enrollment_id = n.enrollment_id
where
    e.clinic_id = :clinic
    and e.event_id < :before
    and e.enrollment_id in (
        select own.enrollment_id from enrollments as own
        where own.clinic_id = :clinic and own.participant_id = :participant_id
    )
    and (:since::timestamptz is null or e.occurred_at >= :since)
    and (:until::timestamptz is null or e.occurred_at < :until)
order by e.event_id desc
limit :limit;

-- name: of_days
-- What is on record of some targets on some days: one row an event, with whether it was corrected since.
select
    e.event_id, e.enrollment_id, (
        select n.participant_id from enrollments as n
        where n.clinic_id = :clinic and n.enrollment_id = e.enrollment_id
    ) as participant_id, e.fact_no, e.target, e.outcome, e.occurred_at, e.recorded_by,
    e.reference, e.reference_no, e.digest, e.receipt, e.quantity, e.minutes,
    exists (
        select from corrections where corrections.clinic_id = :clinic and corrections.event_id = e.event_id
    ) as corrected
from unnest(:enrollments::uuid[], :targets::text[], :since::timestamptz[], :until::timestamptz[])
    as asked (enrollment_id, target, since, until)
cross join lateral (
    select * from events
    where
        events.clinic_id = :clinic and events.enrollment_id = asked.enrollment_id and events.target = asked.target
        and events.occurred_at >= asked.since and events.occurred_at < asked.until and events.expected_on is null
    offset 0
) as e
order by e.enrollment_id, e.occurred_at, e.fact_no;

-- name: list_of_time
-- Events of the whole clinic that happened between two moments, newest recorded first.
select {columns}
from (
    select * from events
    where
        events.clinic_id = :clinic and events.occurred_at >= :since and events.occurred_at < :until
        and events.event_id < :before
    order by event_id desc
    limit :limit
) as e
inner join enrollments as n on e.clinic_id = n.clinic_id and e.enrollment_id = n.enrollment_id
order by e.event_id desc;

-- name: missed
-- What the service recorded as missed on the due days :first_day to :last_day, in the order of its people. Where a visit
-- had been moved, its event lies on the day that it was moved to.
select e.event_id, e.enrollment_id, n.participant_id
from events as e
cross join lateral (
    select enrollments.participant_id from enrollments
    where enrollments.clinic_id = :clinic and enrollments.enrollment_id = e.enrollment_id
    offset 0
) as n
where
    e.clinic_id = :clinic and e.expected_on between :first_day and :last_day
    and (e.occurred_at at time zone :zone)::date = e.expected_on
order by n.participant_id, e.enrollment_id, e.fact_no
limit :limit;

-- name: recorded_since
-- Events recorded from :since on, the first recorded first.
select {columns}
from (
    select * from events
    where
        events.clinic_id = :clinic and events.event_id > :after and events.event_id >= :earliest_id
        and events.recorded_at >= :since
    order by event_id
    limit :limit
) as e
inner join enrollments as n on e.clinic_id = n.clinic_id and e.enrollment_id = n.enrollment_id
order by e.event_id;

-- name: under_reference
-- Every event that was recorded under a reference, the first one first.
select
    event_id, enrollment_id, (
        select n.participant_id from enrollments as n
        where n.clinic_id = :clinic and n.enrollment_id = events.enrollment_id
    ) as participant_id, fact_no, target, outcome, occurred_at, recorded_by, reference,
    reference_no, digest, receipt, quantity, minutes,
    exists (
        select from corrections where corrections.clinic_id = :clinic and corrections.event_id = events.event_id
    ) as corrected
from events
where clinic_id = :clinic and reference = :reference
order by reference_no;
