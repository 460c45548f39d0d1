insert into closures (clinic_id, closure_id, first_day, last_day, reason, created_at, created_by)
values ($1, $2, $3, $4, $5, $6, $7)
