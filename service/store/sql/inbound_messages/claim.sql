-- Takes up at most $4 kept messages that nobody works on any more, until $3; those left longest first.
update inbound_messages set leased_until = $3
where
    clinic_id = $1
    and message_id = any(array(
        select message_id from inbound_messages
        where clinic_id = $1 and status = 'kept' and leased_until <= $2
        order by leased_until
        limit $4
        for update skip locked
    ))
returning message_id
