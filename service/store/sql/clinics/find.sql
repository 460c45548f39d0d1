select name, zone from clinics
where clinic_id = $1
