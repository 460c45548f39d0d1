-- Open enrollments in one program's versions older than $3, by id, from after $4 on.
select e.enrollment_id, e.participant_id, e.version, e.starts_on, p.display_code
from enrollments as e
inner join participants as p on e.clinic_id = p.clinic_id and e.participant_id = p.participant_id
where
    e.clinic_id = $1
    and e.program = $2
    and coalesce(e.closed_on, 'infinity'::date) = 'infinity'::date
    and e.version < $3
    and e.enrollment_id > $4
order by e.enrollment_id
limit $5
