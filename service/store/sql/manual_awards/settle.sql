update manual_awards
set status = $3, settled_at = $4, settled_by = $5, refusal = $6, paid = $7, clipped = $8, why = $9
where clinic_id = $1 and manual_award_id = $2 and status = 'proposed'
