-- name: advance
-- Writes how far an import has come; the text is let go once it has ended.
update imports
set
    lines_done = :lines_done, recorded = :recorded, known = :known, refused = :refused,
    refused_lines = :refused_lines, leased_until = :leased_until, ended_at = :ended_at,
    status = case when :ended_at::timestamptz is null then status else 'ended' end,
    body = case when :ended_at::timestamptz is null then body else ''::bytea end
where clinic_id = :clinic and import_id = :import_id;

-- name: begin
update imports set status = 'running', enrolls = :enrolls, begun_at = :now
where clinic_id = :clinic and import_id = :import_id and status = 'checked';

-- name: claim
-- Takes up the oldest import that nobody works on, until :leased_until.
update imports set leased_until = :leased_until
where
    clinic_id = :clinic
    and import_id = any(array(
        select import_id from imports
        where clinic_id = :clinic and status = 'running' and (leased_until is null or leased_until <= :now)
        order by import_id
        limit 1
        for update skip locked
    ))
returning import_id, created_by, role, is_csv, enrolls, body, refused_lines, lines_done, recorded, known, refused;

-- name: find
select
    import_id, created_at, created_by, role, is_csv, enrolls, lines, found, refused_lines, status, lines_done,
    recorded, known, refused
from imports
where clinic_id = :clinic and import_id = :import_id;

-- name: insert
insert into imports (
    clinic_id, import_id, created_at, created_by, role, is_csv, enrolls, lines, body, found, status
)
values (:clinic, :import_id, :created_at, :created_by, :role, :is_csv, :enrolls, :lines, :body, :found, :status);

-- name: list
select
    import_id, created_at, created_by, role, is_csv, enrolls, lines, found, null::bytea as refused_lines, status,
    lines_done, recorded, known, refused
from imports
where clinic_id = :clinic and import_id < :before
order by import_id desc
limit :limit;
