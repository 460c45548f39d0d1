update write_offs set status = $3, settled_at = $4, settled_by = $5, refusal = $6
where clinic_id = $1 and write_off_id = $2 and status = 'proposed'
