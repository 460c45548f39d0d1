insert into sign_in_codes (
    clinic_id, code_id, participant_id, kind, code_index, created_at, created_by, ends_at
)
values ($1, $2, $3, $4, $5, $6, $7, $8)
