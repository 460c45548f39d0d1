insert into imports (
    clinic_id, import_id, created_at, created_by, role, is_csv, enrolls, lines, body, found, status
)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
