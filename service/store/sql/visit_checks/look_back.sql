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
where visit_checks.clinic_id = $1 and visit_checks.enrollment_id = $2
