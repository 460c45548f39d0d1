-- Above which transfer of a statement some events stand that have none of their own: the latest that was written
-- with them for what was recorded before them. An event that was recorded by itself has none.
select e.event_id, t.transfer_id
from unnest($3::uuid[]) as asked (event_id)
cross join lateral (
    select * from events
    where events.clinic_id = $1 and events.event_id = asked.event_id
    offset 0
) as e
cross join lateral (
    select transfer_id from transfers
    where
        clinic_id = $1
        and participant_id = $2
        and transfer_id > e.event_id
        and enrollment_id = e.enrollment_id
        and at = e.recorded_at
        and fact_no < e.fact_no
    order by transfer_id desc
    limit 1
) as t
