-- part: columns
import_id, created_at, created_by, role, is_csv, enrolls, by_hand, corrections, lines, found, status, lines_done,
recorded, known, refused, counts, preview, mapping;

-- name: advance
-- Writes how far an import has come, for whoever still has it in hand.
update imports
set
    lines = :lines, lines_done = :lines_done, recorded = :recorded, known = :known, refused = :refused,
    counts = :counts, done_person = :done_person, staged_at = coalesce(staged_at, :staged_at),
    leased_until = :leased_until
where
    clinic_id = :clinic and import_id = :import_id and status in ('previewing', 'running')
    and leased_until = :held_until;

-- name: begin
-- Lets a worker record an import; what a preview found is gone over anew.
update imports
set
    status = 'running', enrolls = :enrolls, corrections = :corrections, begun_at = :now, lines_done = 0,
    recorded = 0, known = 0, refused = 0, counts = null, done_person = null, leased_until = null
where clinic_id = :clinic and import_id = :import_id and status in ('checked', 'previewed');

-- name: body
select body from imports
where clinic_id = :clinic and import_id = :import_id;

-- name: claim
-- Takes up the oldest import that nobody works on, until :leased_until.
update imports set leased_until = :leased_until
where
    clinic_id = :clinic
    and import_id = any(array(
        select import_id from imports
        where
            clinic_id = :clinic and status in ('previewing', 'running')
            and (leased_until is null or leased_until <= :now)
        order by import_id
        limit 1
        for update skip locked
    ))
returning
    import_id, created_by, role, is_csv, enrolls, by_hand, corrections, language, status, body, mapping, found, lines,
    lines_done, recorded, known, refused, counts, done_person, staged_at;

-- name: end
-- Lets go of the text, and keeps how it ended.
update imports
set
    status = :status, ended_at = :now, refused_lines = :refused_lines, body = ''::bytea, leased_until = null
where
    clinic_id = :clinic and import_id = :import_id and status in ('previewing', 'running')
    and leased_until = :held_until;

-- name: end_preview
update imports
set status = 'previewed', preview = :preview, leased_until = null
where
    clinic_id = :clinic and import_id = :import_id and status = 'previewing' and leased_until = :held_until;

-- name: find
select {columns}, refused_lines
from imports
where clinic_id = :clinic and import_id = :import_id;

-- name: give_back
-- Lets others take up an import, unless somebody else has meanwhile.
update imports set leased_until = null
where
    clinic_id = :clinic and import_id = :import_id and status in ('previewing', 'running')
    and leased_until = :held_until;

-- name: insert
insert into imports (
    clinic_id, import_id, created_at, created_by, role, is_csv, enrolls, by_hand, corrections, language, lines,
    body, found, mapping, header, status, begun_at, leased_until
)
values (
    :clinic, :import_id, :created_at, :created_by, :role, :is_csv, :enrolls, :by_hand, :corrections, :language,
    :lines, :body, :found, :mapping, :header, :status, :begun_at, :leased_until
);

-- name: list
-- Imports, newest first; what somebody only tried at a command line is left out.
select {columns}, null::bytea as refused_lines
from imports
where clinic_id = :clinic and import_id < :before and (begun_at is not null or not by_hand)
order by import_id desc
limit :limit;

-- name: preview
-- Lets a worker try an import; another look at one that was tried already begins anew.
update imports
set
    status = 'previewing', enrolls = :enrolls, corrections = :corrections, language = :language, lines_done = 0,
    recorded = 0, known = 0, refused = 0, counts = null, preview = null, done_person = null, leased_until = null
where clinic_id = :clinic and import_id = :import_id and status in ('checked', 'previewed');

-- name: remembered
-- How the last table with such columns was read that was begun.
select mapping from imports
where clinic_id = :clinic and header = :header and begun_at is not null and mapping is not null
order by import_id desc
limit 1;

-- name: rematch
-- Keeps how a table is to be read instead, for one that has not begun yet; what was tried by the former way is let go.
update imports
set
    lines = :lines, found = :found, mapping = :mapping, status = :status, lines_done = 0, recorded = 0, known = 0,
    refused = 0, counts = null, preview = null, done_person = null, staged_at = null
where
    clinic_id = :clinic and import_id = :import_id and status in ('checked', 'previewed', 'unreadable')
    and length(body) > 0;
