select exists (
    select from enrollments
    where clinic_id = $1 and participant_id = $2 and program = $3 and closed_on is null
)
