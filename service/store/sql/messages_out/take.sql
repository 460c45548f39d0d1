-- Take what nobody has in hand; it waits longer with every try.
update messages_out set tries = tries + 1, next_at = $2::timestamptz + interval '20 seconds' * (tries + 1)
where clinic_id = $1 and message_id in (
    select message_id from messages_out
    where clinic_id = $1 and next_at <= $2 and ends_at > $2
    order by next_at
    limit $3
    for update skip locked
)
returning message_id, channel, body
