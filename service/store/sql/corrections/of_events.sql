-- All corrections of some events in the order recorded.
select
    c.correction_id, c.fact_no, c.event_id, c.about_id, c.kind, c.outcome, c.closure_id, c.reason, c.recorded_at,
    c.recorded_by
from unnest($2::uuid[]) as asked (event_id)
cross join lateral (
    select * from corrections
    where corrections.clinic_id = $1 and corrections.event_id = asked.event_id
    offset 0
) as c
order by c.event_id, c.fact_no
