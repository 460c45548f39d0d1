insert into clinics (clinic_id, name, zone, created_at)
values ($1, $2, $3, $4)
