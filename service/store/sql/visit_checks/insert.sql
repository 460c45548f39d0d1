insert into visit_checks (clinic_id, enrollment_id, checked_at, next_at)
values ($1, $2, $3, $4)
