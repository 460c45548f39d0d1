-- Writes how far an import has come; the text is let go once it has ended.
-- $1 clinic, $2 import, $3 lines done, $4 recorded, $5 known, $6 refused, $7 refused lines, $8 leased until, $9 ended
-- at or null.
update imports
set
    lines_done = $3, recorded = $4, known = $5, refused = $6, refused_lines = $7, leased_until = $8, ended_at = $9,
    status = case when $9::timestamptz is null then status else 'ended' end,
    body = case when $9::timestamptz is null then body else ''::bytea end
where clinic_id = $1 and import_id = $2
