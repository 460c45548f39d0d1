select set_at from pins
where clinic_id = $1 and participant_id = $2
