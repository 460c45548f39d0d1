-- name: event_of
-- The event that a correction belongs to.
select event_id from corrections
where clinic_id = :clinic and correction_id = :correction_id;

-- name: insert
insert into corrections (
    clinic_id, enrollment_id, fact_no, correction_id, participant_id, event_id, about_id, kind, outcome, reason,
    recorded_at, recorded_by, digest, closure_id
)
values (
    :clinic, :enrollment_id, :fact_no, :correction_id, :participant_id, :event_id, :about_id, :kind, :outcome,
    :reason, :now, :recorded_by, :digest, :closure_id
);

-- name: of_enrollments
-- All corrections of some enrollments' events, each enrollment's in the order recorded.
select c.enrollment_id, c.correction_id, c.fact_no, c.event_id, c.about_id, c.kind, c.outcome, c.closure_id
from unnest(:enrollments::uuid[]) as asked (enrollment_id)
cross join lateral (
    select * from corrections
    where corrections.clinic_id = :clinic and corrections.enrollment_id = asked.enrollment_id
    order by fact_no
    offset 0
) as c;

-- name: of_events
-- All corrections of some events in the order recorded.
select
    c.correction_id, c.fact_no, c.event_id, c.about_id, c.kind, c.outcome, c.closure_id, c.reason, c.recorded_at,
    c.recorded_by
from unnest(:events::uuid[]) as asked (event_id)
cross join lateral (
    select * from corrections
    where corrections.clinic_id = :clinic and corrections.event_id = asked.event_id
    offset 0
) as c
order by c.event_id, c.fact_no;
