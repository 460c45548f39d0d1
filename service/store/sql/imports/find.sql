select
    import_id, created_at, created_by, role, is_csv, enrolls, lines, found, refused_lines, status, lines_done,
    recorded, known, refused, begun_at, ended_at
from imports
where clinic_id = $1 and import_id = $2
