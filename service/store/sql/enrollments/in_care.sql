-- Who is in care on the day $3, from the enrollment $2 on: those still open, and those closed since.
select
    e.enrollment_id, e.participant_id, p.display_code, e.program, e.version, e.starts_on,
    coalesce(e.closed_on, e.ends_on) as last_day
from (
    (
        select * from enrollments
        where
            clinic_id = $1 and enrollment_id >= $2 and closed_on is null and starts_on <= $3
            and (ends_on is null or ends_on >= $3)
        order by enrollment_id
        limit $4
    )
    union all
    (
        -- All of them, so that the index by the day of the close is used: they are few for a day near now.
        select * from enrollments
        where clinic_id = $1 and enrollment_id >= $2 and closed_on >= $3 and starts_on <= $3
        offset 0
    )
) as e
cross join lateral (
    select display_code from participants
    where participants.clinic_id = $1 and participants.participant_id = e.participant_id
    offset 0
) as p
order by e.enrollment_id
limit $4
