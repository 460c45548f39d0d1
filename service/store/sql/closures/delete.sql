delete from closures
where clinic_id = $1 and closure_id = $2
