update subscribers
set
    url = $3, types = $4, consent_required = $5, status = $6, disabled_why = $7, disabled_at = $8,
    revision = revision + 1
where clinic_id = $1 and subscriber_id = $2
