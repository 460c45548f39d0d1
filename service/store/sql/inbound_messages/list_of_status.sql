-- Messages of one status that came before $2, newest first, without what is in them.
select message_id, source_id, received_at, status, tries, code, event_id, participant_id, settled_at, discarded_by
from inbound_messages
where clinic_id = $1 and message_id < $2 and status = $4
order by message_id desc
limit $3
