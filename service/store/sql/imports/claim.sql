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
returning import_id, created_by, role, is_csv, enrolls, body, refused_lines, lines_done, recorded, known, refused
