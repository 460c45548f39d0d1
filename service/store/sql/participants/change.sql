update participants
set
    reference = $3, language = $4, name = $5, phone = $6, email = $7, name_index = $8, phone_index = $9,
    email_index = $10, revision = revision + 1
where clinic_id = $1 and participant_id = $2
