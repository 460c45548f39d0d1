-- name: claim
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
returning message_id;

-- name: discard
update inbound_messages set status = 'discarded', settled_at = $3, discarded_by = $4, reason = $5
where clinic_id = $1 and message_id = $2;

-- name: find
select
    message_id, source_id, received_at, status, tries, code, why, event_id, participant_id, settled_at, discarded_by,
    reason, sender_id, body, body_index
from inbound_messages
where clinic_id = $1 and message_id = $2;

-- name: find_by_key
-- The message that was taken before under this key.
select message_id, received_at, body_index
from inbound_messages
where clinic_id = $1 and source_id = $2 and key = $3;

-- name: keep
-- Keeps a message that is not on record yet; gives nothing where it is.
insert into inbound_messages (
    clinic_id, message_id, source_id, key, sender_id, body, body_index, received_at, leased_until
)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
on conflict on constraint inbound_messages_taken_once do nothing
returning message_id;

-- name: list
-- Messages that came before $2, newest first, without what is in them.
select message_id, source_id, received_at, status, tries, code, event_id, participant_id, settled_at, discarded_by
from inbound_messages
where clinic_id = $1 and message_id < $2
order by message_id desc
limit $3;

-- name: list_of_source
-- Messages of one source that came before $2, newest first, without what is in them.
select message_id, source_id, received_at, status, tries, code, event_id, participant_id, settled_at, discarded_by
from inbound_messages
where clinic_id = $1 and message_id < $2 and source_id = $4
order by message_id desc
limit $3;

-- name: list_of_source_and_status
-- Messages of one source and status that came before $2, newest first, without what is in them.
select message_id, source_id, received_at, status, tries, code, event_id, participant_id, settled_at, discarded_by
from inbound_messages
where clinic_id = $1 and message_id < $2 and source_id = $4 and status = $5
order by message_id desc
limit $3;

-- name: list_of_status
-- Messages of one status that came before $2, newest first, without what is in them.
select message_id, source_id, received_at, status, tries, code, event_id, participant_id, settled_at, discarded_by
from inbound_messages
where clinic_id = $1 and message_id < $2 and status = $4
order by message_id desc
limit $3;

-- name: lock
-- A message of which is about to be decided what becomes of it.
select
    message_id, source_id, received_at, status, tries, code, why, event_id, participant_id, settled_at, discarded_by,
    reason, sender_id, body, body_index
from inbound_messages
where clinic_id = $1 and message_id = $2
for update;

-- name: put_all_back
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
returning message_id;

-- name: put_back
-- Tries a message again that was put aside: it is as if it had just come.
update inbound_messages set
    status = 'kept', code = null, why = null, settled_at = null, leased_until = $3
where clinic_id = $1 and message_id = $2;

-- name: settle
-- What became of a message: recorded as event $6, ignored, or put aside for review with $4 and $5.
update inbound_messages set
    status = $3, code = $4, why = $5, event_id = $6, participant_id = $7, settled_at = $8, leased_until = null,
    discarded_by = null, reason = null, tries = tries + 1
where clinic_id = $1 and message_id = $2;

-- name: waiting
-- How many messages of some sources wait for somebody, counted up to a limit. $1 clinic, $2 sources, $3 limit.
select asked.source_id, w.waiting
from unnest($2::uuid[]) as asked (source_id)
cross join lateral (
    select count(*)::integer as waiting from (
        select from inbound_messages
        where clinic_id = $1 and inbound_messages.source_id = asked.source_id and status = 'review'
        order by message_id
        limit $3
    ) as one
) as w;
