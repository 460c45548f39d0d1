insert into sessions (
    clinic_id, session_id, kind, token_hash, staff_id, participant_id, created_at, seen_at, ends_at, agent
)
values ($1, $2, $3, $4, $5, $6, $7, $7, $8, $9)
