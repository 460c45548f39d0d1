-- Tries a message again that was put aside: it is as if it had just come.
update inbound_messages set
    status = 'kept', code = null, why = null, settled_at = null, leased_until = $3
where clinic_id = $1 and message_id = $2
