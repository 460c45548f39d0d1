delete from messages_out where clinic_id = $1 and message_id = $2
