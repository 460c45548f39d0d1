-- name: came
-- The enrollments whose last visit that somebody came to is not the one that their events and corrections say.
select c.enrollment_id, w.came_at as due, c.came_at
from (select * from checkpoints where clinic_id = :clinic) as c
left join last_comings(:clinic) as w on c.enrollment_id = w.enrollment_id
where c.came_at is distinct from w.came_at
order by c.enrollment_id;

-- name: paid_days
-- The days whose sums of what was credited and taken back are not what the transfers add up to.
select
    coalesce(k.day, w.day) as day, coalesce(k.unit, w.unit) as unit, coalesce(k.program, w.program) as program,
    coalesce(k.funding, w.funding) as funding, w.credited as due_credited, w.taken_back as due_taken_back,
    k.credited, k.taken_back
from (select * from paid_days where clinic_id = :clinic) as k
full join days_paid(:clinic) as w
    on k.day = w.day and k.unit = w.unit and k.program = w.program and k.funding = w.funding
where (k.credited, k.taken_back) is distinct from (w.credited, w.taken_back)
order by 1, 2, 3, 4;

-- name: paid_spans
-- The spans that are kept for those to whom nothing was credited then, and those that lack.
select
    coalesce(k.span, w.span) as span, coalesce(k.unit, w.unit) as unit,
    coalesce(k.account_id, w.account_id) as account_id, coalesce(k.funding, w.funding) as funding, w.days as due,
    k.days
from (select * from paid_spans where clinic_id = :clinic) as k
full join spans_paid(:clinic) as w
    on k.span = w.span and k.unit = w.unit and k.account_id = w.account_id and k.funding = w.funding
where k.days is distinct from w.days
order by 1, 2, 3, 4;

-- name: visit_days
-- The days whose counts of visits and ladders are not those of the events, corrections and awards.
select
    coalesce(k.day, w.day) as day, coalesce(k.program, w.program) as program, coalesce(k.target, w.target) as target,
    coalesce(k.recorded_by, w.recorded_by) as recorded_by,
    array[w.came, w.missed, w.earning, w.failing, w.resets, w.recoveries] as due,
    array[k.came, k.missed, k.earning, k.failing, k.resets, k.recoveries] as counted
from (select * from visit_days where clinic_id = :clinic) as k
full join days_visited(:clinic) as w
    on k.day = w.day and k.program = w.program and k.target = w.target and k.recorded_by = w.recorded_by
where
    (k.came, k.missed, k.earning, k.failing, k.resets, k.recoveries)
    is distinct from (w.came, w.missed, w.earning, w.failing, w.resets, w.recoveries)
order by 1, 2, 3, 4;

-- name: visit_waits
-- The days whose counts of how soon visits were recorded are not those of the events; what was withdrawn may be kept
-- as none.
select
    coalesce(k.day, w.day) as day, coalesce(k.program, w.program) as program,
    coalesce(k.recorded_by, w.recorded_by) as recorded_by, coalesce(k.minutes, w.minutes) as minutes, w.visits as due,
    k.visits
from (select * from visit_waits where clinic_id = :clinic and visits > 0) as k
full join days_waited(:clinic) as w
    on k.day = w.day and k.program = w.program and k.recorded_by = w.recorded_by and k.minutes = w.minutes
where k.visits is distinct from w.visits
order by 1, 2, 3, 4;
