update enrollments set closed_on = $3, close_reason = $4, closed_by = $5
where clinic_id = $1 and enrollment_id = $2 and closed_on is null
