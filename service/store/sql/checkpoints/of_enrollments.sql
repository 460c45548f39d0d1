select c.enrollment_id, c.state
from unnest($2::uuid[]) as asked (enrollment_id)
cross join lateral (
    select * from checkpoints
    where checkpoints.clinic_id = $1 and checkpoints.enrollment_id = asked.enrollment_id
    offset 0
) as c
