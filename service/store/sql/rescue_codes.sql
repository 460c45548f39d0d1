-- name: insert
insert into rescue_codes (clinic_id, staff_id, code_index, made_at)
select $1, $2, code_index, $4
from unnest($3::bytea[]) as code_index;

-- name: retire
-- Make the codes worth nothing that are not used yet.
update rescue_codes set used_at = $3
where clinic_id = $1 and staff_id = $2 and used_at is null;

-- name: use
-- Take a code, once.
update rescue_codes set used_at = $4
where clinic_id = $1 and staff_id = $2 and code_index = $3 and used_at is null
returning code_index;
