-- The message that was taken before under this key.
select message_id, received_at, body_index
from inbound_messages
where clinic_id = $1 and source_id = $2 and key = $3
