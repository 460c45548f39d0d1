delete from sign_in_tries where clinic_id = $1 and window_at < $2
