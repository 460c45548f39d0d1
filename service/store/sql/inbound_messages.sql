-- part: columns
message_id, source_id, received_at, status, tries, code, why, event_id, participant_id, settled_at, discarded_by,
reason, sender_id, body, body_index;

-- part: headings
-- What a list shows of a message: not what is in it.
message_id, source_id, received_at, status, tries, code, event_id, participant_id, settled_at, discarded_by;

-- name: claim
-- Takes up at most :limit kept messages that nobody works on any more, until :leased_until; those left longest first.
update inbound_messages set leased_until = :leased_until
where
    clinic_id = :clinic
    and message_id = any(array(
        select message_id from inbound_messages
        where clinic_id = :clinic and status = 'kept' and leased_until <= :now
        order by leased_until
        limit :limit
        for update skip locked
    ))
returning message_id;

-- name: discard
update inbound_messages set status = 'discarded', settled_at = :now, discarded_by = :discarded_by, reason = :reason
where clinic_id = :clinic and message_id = :message_id;

-- name: find
select {columns}
from inbound_messages
where clinic_id = :clinic and message_id = :message_id;

-- name: find_by_key
-- The message that was taken before under this key.
select message_id, received_at, body_index
from inbound_messages
where clinic_id = :clinic and source_id = :source_id and key = :key;

-- name: give_back
-- Lets others take up messages that were taken up until :leased_until, and by nobody else since.
update inbound_messages set leased_until = :now
where
    clinic_id = :clinic
    and message_id = any(:messages::uuid[])
    and status = 'kept'
    and leased_until = :leased_until;

-- name: keep
-- Keeps a message that is not on record yet; gives nothing where it is.
insert into inbound_messages (
    clinic_id, message_id, source_id, key, sender_id, body, body_index, received_at, leased_until
)
values (:clinic, :message_id, :source_id, :key, :sender_id, :body, :body_index, :received_at, :leased_until)
on conflict on constraint inbound_messages_taken_once do nothing
returning message_id;

-- name: list
-- Messages that came before :before, newest first, without what is in them.
select {headings}
from inbound_messages
where clinic_id = :clinic and message_id < :before
order by message_id desc
limit :limit;

-- name: list_of_source
-- Messages of one source that came before :before, newest first, without what is in them.
select {headings}
from inbound_messages
where clinic_id = :clinic and message_id < :before and source_id = :source_id
order by message_id desc
limit :limit;

-- name: list_of_source_and_status
-- Messages of one source and status that came before :before, newest first, without what is in them.
select {headings}
from inbound_messages
where clinic_id = :clinic and message_id < :before and source_id = :source_id and status = :status
order by message_id desc
limit :limit;

-- name: list_of_status
-- Messages of one status that came before :before, newest first, without what is in them.
select {headings}
from inbound_messages
where clinic_id = :clinic and message_id < :before and status = :status
order by message_id desc
limit :limit;

-- name: lock
-- A message of which is about to be decided what becomes of it.
select {columns}
from inbound_messages
where clinic_id = :clinic and message_id = :message_id
for update;

-- name: put_all_back
-- Tries at most :limit messages of a source again that wait for review, the oldest first: a worker takes them up.
update inbound_messages set
    status = 'kept', code = null, why = null, settled_at = null, leased_until = :now
where
    clinic_id = :clinic
    and message_id = any(array(
        select message_id from inbound_messages
        where clinic_id = :clinic and source_id = :source_id and status = 'review'
        order by message_id
        limit :limit
        for update skip locked
    ))
returning message_id;

-- name: put_back
-- Tries a message again that was put aside: it is as if it had just come.
update inbound_messages set
    status = 'kept', code = null, why = null, settled_at = null, leased_until = :leased_until
where clinic_id = :clinic and message_id = :message_id;

-- name: settle
-- What became of a message: recorded as event :event_id, ignored, or put aside for review with :code and :why.
update inbound_messages set
    status = :status, code = :code, why = :why, event_id = :event_id, participant_id = :participant_id,
    settled_at = :now, leased_until = null,
    discarded_by = null, reason = null, tries = tries + 1
where clinic_id = :clinic and message_id = :message_id;

-- name: waiting
-- How many messages of some sources wait for somebody, counted up to a limit.
select asked.source_id, w.waiting
from unnest(:sources::uuid[]) as asked (source_id)
cross join lateral (
    select count(*)::integer as waiting from (
        select from inbound_messages
        where clinic_id = :clinic and inbound_messages.source_id = asked.source_id and status = 'review'
        order by message_id
        limit :limit
    ) as one
) as w;
