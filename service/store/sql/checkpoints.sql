-- name: of_enrollments
select c.enrollment_id, c.state
from unnest(:enrollments::uuid[]) as asked (enrollment_id)
cross join lateral (
    select * from checkpoints
    where checkpoints.clinic_id = :clinic and checkpoints.enrollment_id = asked.enrollment_id
    offset 0
) as c;

-- name: steps
-- A number for each participant that grows with every fact on record and every enrollment, whatever it earned.
select asked.participant_id, c.steps
from unnest(:participants::uuid[]) as asked (participant_id)
cross join lateral (
    select count(*) + coalesce(sum(checkpoints.facts), 0) as steps
    from enrollments
    inner join checkpoints
        on checkpoints.clinic_id = :clinic and enrollments.enrollment_id = checkpoints.enrollment_id
    where enrollments.clinic_id = :clinic and enrollments.participant_id = asked.participant_id
) as c;
