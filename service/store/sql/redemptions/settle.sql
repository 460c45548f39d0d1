update redemptions set status = $3, settled_at = $4, settled_by = $5
where clinic_id = $1 and redemption_id = $2 and status = 'held'
