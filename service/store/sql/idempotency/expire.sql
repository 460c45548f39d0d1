delete from idempotency
where clinic_id = $1 and answered_at < $2 and not moved_value
