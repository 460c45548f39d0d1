update sign_in_tries set tries = greatest(tries - 1, 0)
where clinic_id = $1 and place = $2 and window_at = $3
