-- name: delete
delete from messages_out where clinic_id = $1 and message_id = $2;

-- name: expire
-- What could not be sent in time is of no use any more.
delete from messages_out where clinic_id = $1 and ends_at <= $2;

-- name: insert
insert into messages_out (clinic_id, message_id, channel, body, created_at, next_at, ends_at)
values ($1, $2, $3, $4, $5, $6, $7);

-- name: take
-- Take what nobody has in hand; it waits longer with every try.
update messages_out set tries = tries + 1, next_at = $2::timestamptz + interval '20 seconds' * (tries + 1)
where clinic_id = $1 and message_id in (
    select message_id from messages_out
    where clinic_id = $1 and next_at <= $2 and ends_at > $2
    order by next_at
    limit $3
    for update skip locked
)
returning message_id, channel, body;
