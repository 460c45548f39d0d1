-- Go ahead to where a look has come; a look by a clock that lies behind takes nothing back.
update visit_checks
set
    through = greatest(visit_checks.through, seen.through),
    checked_at = greatest(visit_checks.checked_at, $2),
    next_at = seen.next_at
from unnest($3::uuid[], $4::date[], $5::timestamptz[]) as seen (enrollment_id, through, next_at)
where visit_checks.clinic_id = $1 and visit_checks.enrollment_id = seen.enrollment_id
