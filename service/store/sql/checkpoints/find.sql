select state from checkpoints
where clinic_id = $1 and enrollment_id = $2
