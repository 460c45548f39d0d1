insert into messages_out (clinic_id, message_id, channel, body, created_at, next_at, ends_at)
values ($1, $2, $3, $4, $5, $6, $7)
