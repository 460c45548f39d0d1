update subscribers
set status = 'disabled', disabled_why = $3, disabled_at = $4, revision = revision + 1
where clinic_id = $1 and subscriber_id = $2 and status = 'active'
returning revision
