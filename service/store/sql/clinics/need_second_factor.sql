update clinics set second_factor_needed = $2
where clinic_id = $1 and second_factor_needed <> $2
returning clinic_id
