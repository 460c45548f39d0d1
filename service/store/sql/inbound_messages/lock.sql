-- A message of which is about to be decided what becomes of it.
select
    message_id, source_id, received_at, status, tries, code, why, event_id, participant_id, settled_at, discarded_by,
    reason, sender_id, body, body_index
from inbound_messages
where clinic_id = $1 and message_id = $2
for update
