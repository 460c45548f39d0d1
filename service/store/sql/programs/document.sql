select document from programs
where clinic_id = $1 and name = $2 and version = $3
