-- name: of_enrollments
select c.enrollment_id, c.state
from unnest($2::uuid[]) as asked (enrollment_id)
cross join lateral (
    select * from checkpoints
    where checkpoints.clinic_id = $1 and checkpoints.enrollment_id = asked.enrollment_id
    offset 0
) as c;

-- name: steps
-- A number for each participant that grows with every fact on record and every enrollment, whatever it earned.
-- $1 clinic, $2 participants.
select asked.participant_id, c.steps
from unnest($2::uuid[]) as asked (participant_id)
cross join lateral (
    select count(*) + coalesce(sum(checkpoints.facts), 0) as steps
    from enrollments
    inner join checkpoints
        on checkpoints.clinic_id = $1 and enrollments.enrollment_id = checkpoints.enrollment_id
    where enrollments.clinic_id = $1 and enrollments.participant_id = asked.participant_id
) as c;
