-- name: delete
delete from messages_out where clinic_id = :clinic and message_id = :message_id;

-- name: expire
-- What could not be sent in time is of no use any more.
delete from messages_out where clinic_id = :clinic and ends_at <= :now;

-- name: insert
insert into messages_out (clinic_id, message_id, channel, body, created_at, next_at, ends_at)
values (:clinic, :message_id, :channel, :body, :now, :next_at, :ends_at);

-- name: take
-- Take what nobody has in hand; it waits longer with every try.
update messages_out set tries = tries + 1, next_at = :now::timestamptz + interval '20 seconds' * (tries + 1)
where clinic_id = :clinic and message_id in (
    select message_id from messages_out
    where clinic_id = :clinic and next_at <= :now and ends_at > :now
    order by next_at
    limit :limit
    for update skip locked
)
returning message_id, channel, body;
