-- What could not be sent in time is of no use any more.
delete from messages_out where clinic_id = $1 and ends_at <= $2
