delete from pins where clinic_id = $1 and participant_id = $2
returning participant_id
