delete from passkeys where clinic_id = $1 and participant_id = $2
