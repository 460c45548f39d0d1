-- name: advance
-- Writes how far an import has come; the text is let go once it has ended.
-- $1 clinic, $2 import, $3 lines done, $4 recorded, $5 known, $6 refused, $7 refused lines, $8 leased until, $9 ended
-- at or null.
update imports
set
    lines_done = $3, recorded = $4, known = $5, refused = $6, refused_lines = $7, leased_until = $8, ended_at = $9,
    status = case when $9::timestamptz is null then status else 'ended' end,
    body = case when $9::timestamptz is null then body else ''::bytea end
where clinic_id = $1 and import_id = $2;

-- name: begin
update imports set status = 'running', enrolls = $3, begun_at = $4
where clinic_id = $1 and import_id = $2 and status = 'checked';

-- name: claim
-- Takes up the oldest import that nobody works on, until $3. $1 clinic, $2 now.
update imports set leased_until = $3
where
    clinic_id = $1
    and import_id = any(array(
        select import_id from imports
        where clinic_id = $1 and status = 'running' and (leased_until is null or leased_until <= $2)
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
where clinic_id = $1 and import_id = $2;

-- name: insert
insert into imports (
    clinic_id, import_id, created_at, created_by, role, is_csv, enrolls, lines, body, found, status
)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11);

-- name: list
select
    import_id, created_at, created_by, role, is_csv, enrolls, lines, found, null::bytea as refused_lines, status,
    lines_done, recorded, known, refused
from imports
where clinic_id = $1 and import_id < $2
order by import_id desc
limit $3;
