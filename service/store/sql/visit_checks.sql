-- name: advance
-- Go ahead to where a look has come; a look by a clock that lies behind takes nothing back. A row that changed since
-- it was looked at stays as it is: another worker was first, or a correction or a move lets it be looked at again.
update visit_checks
set
    through = greatest(visit_checks.through, seen.through),
    checked_at = greatest(visit_checks.checked_at, $2),
    next_at = seen.next_at
from
    unnest($3::uuid[], $4::date[], $5::timestamptz[], $6::date[], $7::timestamptz[])
    as seen (enrollment_id, through, next_at, was_through, was_next_at)
where
    visit_checks.clinic_id = $1 and visit_checks.enrollment_id = seen.enrollment_id
    and visit_checks.through is not distinct from seen.was_through
    and visit_checks.next_at is not distinct from seen.was_next_at;

-- name: due
-- Enrollments with a visit that may count as missed by now, those that wait longest first.
select
    due.enrollment_id, due.through, due.next_at, e.program, e.version, e.starts_on,
    coalesce(e.closed_on, e.ends_on) as last_day
from (
    select v.enrollment_id, v.through, v.next_at from visit_checks as v
    where v.clinic_id = $1 and v.next_at <= $2
    order by v.next_at
    limit $3
) as due
cross join lateral (
    select * from enrollments
    where enrollments.clinic_id = $1 and enrollments.enrollment_id = due.enrollment_id
    offset 0
) as e
order by due.next_at, due.enrollment_id;

-- name: insert
insert into visit_checks (clinic_id, enrollment_id, checked_at, next_at)
values ($1, $2, $3, $4);

-- name: look_again
insert into visit_checks (clinic_id, enrollment_id, checked_at, next_at)
values ($1, $2, $3, $3)
on conflict (clinic_id, enrollment_id) do update set next_at = excluded.next_at;

-- name: look_back
-- Look again at the visits after $3, but at none from before the last move to another version ($5: the time zone):
-- those were settled by the version that held then. The time always changes, so that a look that is under way
-- and has not seen what happened finds the row changed.
update visit_checks
set
    -- Where nothing is settled yet (null), nothing is.
    through = case
        when visit_checks.through is not null then least(visit_checks.through, greatest($3, moved.day))
    end,
    next_at = least(visit_checks.next_at, $4) - interval '1 microsecond'
from (
    select (max(m.moved_at) at time zone $5)::date - 1 as day
    from enrollment_moves as m
    where m.clinic_id = $1 and m.enrollment_id = $2
) as moved
where visit_checks.clinic_id = $1 and visit_checks.enrollment_id = $2;
