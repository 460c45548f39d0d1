select
    participant_id, reference, display_code, language, name, phone, email, revision, created_at
from participants
where clinic_id = $1 and reference = $2
