insert into participants (
    clinic_id, participant_id, reference, display_code, language, name, phone, email, name_index, phone_index,
    email_index, created_at
)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
