update imports set status = 'running', enrolls = $3, begun_at = $4
where clinic_id = $1 and import_id = $2 and status = 'checked'
