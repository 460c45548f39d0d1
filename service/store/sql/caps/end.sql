update caps set ends_on = $3
where clinic_id = $1 and cap_id = $2 and ends_on is null
