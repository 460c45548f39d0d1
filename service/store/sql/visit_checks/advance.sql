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
    and visit_checks.next_at is not distinct from seen.was_next_at
