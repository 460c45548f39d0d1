-- Keeps a message that is not on record yet; gives nothing where it is.
insert into inbound_messages (
    clinic_id, message_id, source_id, key, sender_id, body, body_index, received_at, leased_until
)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
on conflict on constraint inbound_messages_taken_once do nothing
returning message_id
