update sources set deleted_at = $3
where clinic_id = $1 and source_id = $2 and deleted_at is null
