-- name: insert
insert into rescue_codes (clinic_id, staff_id, code_index, made_at)
select :clinic, :staff_id, code_index, :now
from unnest(:code_index::bytea[]) as code_index;

-- name: retire
-- Make the codes worth nothing that are not used yet.
update rescue_codes set used_at = :now
where clinic_id = :clinic and staff_id = :staff_id and used_at is null;

-- name: use
-- Take a code, once.
update rescue_codes set used_at = :now
where clinic_id = :clinic and staff_id = :staff_id and code_index = :code_index and used_at is null
returning code_index;
