insert into staff (
    clinic_id, staff_id, role, language, email, email_index, name, password_hash, password_is_temporary,
    password_changed_at, created_at, created_by
)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10, $11)
