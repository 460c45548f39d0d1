update inbound_messages set status = 'discarded', settled_at = $3, discarded_by = $4, reason = $5
where clinic_id = $1 and message_id = $2
