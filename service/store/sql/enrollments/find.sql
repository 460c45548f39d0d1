select
    enrollment_id, participant_id, program, version, starts_on, funding, opened_at, ends_on, closed_on,
    close_reason
from enrollments
where clinic_id = $1 and enrollment_id = $2
