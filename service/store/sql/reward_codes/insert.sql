insert into reward_codes (clinic_id, reward_id, code_id, code, code_index, added_at)
select $1, $2, new.code_id, new.code, new.code_index, $3
from unnest($4::uuid[], $5::bytea[], $6::bytea[]) as new (code_id, code, code_index)
