-- name: advance
-- Go ahead to where a look has come; a look by a clock that lies behind takes nothing back. A row that changed since
-- it was looked at stays as it is: another worker was first, or a correction or a move lets it be looked at again.
update visit_checks
set
    through = greatest(visit_checks.through, seen.through),
    checked_at = greatest(visit_checks.checked_at, :seen_at),
    next_at = seen.next_at
from
    unnest(
        :enrollment_id::uuid[], :through::date[], :next_at::timestamptz[], :was_through::date[],
        :was_next_at::timestamptz[]
    ) as seen (enrollment_id, through, next_at, was_through, was_next_at)
where
    visit_checks.clinic_id = :clinic and visit_checks.enrollment_id = seen.enrollment_id
    and visit_checks.through is not distinct from seen.was_through
    and visit_checks.next_at is not distinct from seen.was_next_at;

-- name: due
-- Enrollments with a visit that may count as missed by now, those that wait longest first.
select
    due.enrollment_id, due.through, due.next_at, e.program, e.version, e.starts_on,
    coalesce(e.closed_on, e.ends_on) as last_day
from (
    select v.enrollment_id, v.through, v.next_at from visit_checks as v
    where v.clinic_id = :clinic and v.next_at <= :now
    order by v.next_at
    limit :limit
) as due
cross join lateral (
    select * from enrollments
    where enrollments.clinic_id = :clinic and enrollments.enrollment_id = due.enrollment_id
    offset 0
) as e
order by due.next_at, due.enrollment_id;

-- name: insert
insert into visit_checks (clinic_id, enrollment_id, checked_at, next_at)
values (:clinic, :enrollment_id, :now, :next_at);

-- name: look_again
insert into visit_checks (clinic_id, enrollment_id, checked_at, next_at)
values (:clinic, :enrollment_id, :now, :now)
on conflict (clinic_id, enrollment_id) do update set next_at = excluded.next_at;

-- name: look_by
insert into visit_checks (clinic_id, enrollment_id, checked_at, next_at)
values (:clinic, :enrollment_id, :now, :next_at)
on conflict (clinic_id, enrollment_id) do update set next_at = least(visit_checks.next_at, excluded.next_at);

-- name: look_back
-- Look again at the visits after :settled, but at none from before the last move to another version (:zone is the
-- time zone):
-- those were settled by the version that held then. The time always changes, so that a look that is under way
-- and has not seen what happened finds the row changed.
update visit_checks
set
    -- Where nothing is settled yet (null), nothing is.
    through = case
        when visit_checks.through is not null then least(visit_checks.through, greatest(:settled, moved.day))
    end,
    next_at = least(visit_checks.next_at, :now) - interval '1 microsecond'
from (
    select (max(m.moved_at) at time zone :zone)::date - 1 as day
    from enrollment_moves as m
    where m.clinic_id = :clinic and m.enrollment_id = :enrollment_id
) as moved
where visit_checks.clinic_id = :clinic and visit_checks.enrollment_id = :enrollment_id;
