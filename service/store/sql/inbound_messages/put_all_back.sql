-- Tries at most $4 messages of a source again that wait for review, the oldest first: a worker takes them up.
update inbound_messages set
    status = 'kept', code = null, why = null, settled_at = null, leased_until = $3
where
    clinic_id = $1
    and message_id = any(array(
        select message_id from inbound_messages
        where clinic_id = $1 and source_id = $2 and status = 'review'
        order by message_id
        limit $4
        for update skip locked
    ))
returning message_id
