select
    participant_id, reference, display_code, language, name, phone, email, revision, created_at
from participants
where clinic_id = $1 and participant_id < $2
order by participant_id desc
limit $3
