update sources set name = $3, mapping = $4, revision = revision + 1
where clinic_id = $1 and source_id = $2
