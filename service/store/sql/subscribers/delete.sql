update subscribers
set deleted_at = $3, revision = revision + 1
where clinic_id = $1 and subscriber_id = $2
