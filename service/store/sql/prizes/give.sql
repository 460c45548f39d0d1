update prizes set status = 'given', reward_id = $3, given_at = $4, given_by = $5
where clinic_id = $1 and prize_id = $2 and status = 'owed'
