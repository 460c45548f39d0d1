delete from sign_in_codes where clinic_id = $1 and ends_at < $2
