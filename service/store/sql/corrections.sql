-- name: event_of
-- The event that a correction belongs to.
select event_id from corrections
where clinic_id = :clinic and correction_id = :correction_id;

-- name: insert
insert into corrections (
    clinic_id, enrollment_id, fact_no, correction_id, participant_id, event_id, about_id, kind, outcome, reason,
    recorded_at, recorded_by, digest, closure_id, merge_id, minutes, stands, standing
)
values (
    :clinic, :enrollment_id, :fact_no, :correction_id, :participant_id, :event_id, :about_id, :kind, :outcome,
    :reason, :now, :recorded_by, :digest, :closure_id, :merge_id, :minutes, :stands,
    :standing
);

-- name: of_enrollments
-- All corrections of some enrollments' events, each enrollment's in the order recorded.
select c.enrollment_id, c.correction_id, c.fact_no, c.event_id, c.about_id, c.kind, c.outcome, c.closure_id,
    c.merge_id, c.minutes
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
    c.correction_id, c.fact_no, c.event_id, c.about_id, c.kind, c.outcome, c.closure_id, c.merge_id, c.minutes, c.reason,
    c.recorded_at, c.recorded_by
from unnest(:events::uuid[]) as asked (event_id)
cross join lateral (
    select * from corrections
    where corrections.clinic_id = :clinic and corrections.event_id = asked.event_id
    offset 0
) as c
order by c.event_id, c.fact_no;

-- name: of_merge
-- The corrections by which a merge withdrew events, where no later one took them back.
select c.correction_id, c.event_id from corrections as c
where
    c.clinic_id = :clinic and c.merge_id = :merge_id and c.about_id = c.event_id
    and not exists (
        select from corrections as later
        where later.clinic_id = :clinic and later.event_id = c.event_id and later.fact_no > c.fact_no
    )
order by c.correction_id;
