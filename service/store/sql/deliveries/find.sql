select subscriber_id, sequence from deliveries
where clinic_id = $1 and delivery_id = $2
