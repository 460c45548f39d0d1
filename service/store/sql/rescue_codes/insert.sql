insert into rescue_codes (clinic_id, staff_id, code_index, made_at)
select $1, $2, code_index, $4
from unnest($3::bytea[]) as code_index
