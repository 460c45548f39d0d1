-- name: inbound_messages
-- Every message with its source and its event where these exist, beside what the audit trail says of it: that it
-- was kept, and what became of it last; and every one that the trail says was kept and that is not there.
select
    m.message_id, m.source_id, m.key, m.sender_id, m.body, m.body_index, m.received_at, m.status, m.code,
    m.event_id, m.participant_id, m.discarded_by, s.source_id as known, e.participant_id as recorded_for,
    k.subject_id as told, k.actor_id as keeper, k.at as told_at, k.detail as told_kept, l.deed,
    l.actor_id as settler, l.detail as told_settled
from (
    select * from inbound_messages
    where clinic_id = :clinic
) as m
full join (
    select subject_id, actor_id, at, detail from audit
    where clinic_id = :clinic and deed = 'inbound_message.kept'
) as k on m.message_id = k.subject_id
left join (
    select distinct on (subject_id) subject_id, deed, actor_id, detail from audit
    where
        clinic_id = :clinic
        and deed in (
            'inbound_message.kept', 'inbound_message.recorded', 'inbound_message.ignored',
            'inbound_message.put_aside', 'inbound_message.retried', 'inbound_message.discarded'
        )
    order by subject_id, seq desc
) as l on m.message_id = l.subject_id
left join sources as s on s.clinic_id = :clinic and m.source_id = s.source_id
left join events as e on e.clinic_id = :clinic and m.event_id = e.event_id
order by m.message_id, k.subject_id;

-- name: messageless
-- Events that a source recorded and that no message of it became. While one of its messages is kept, the event may
-- be that one's: whoever recorded it has yet to say so.
select e.event_id, e.recorded_by
from events as e
inner join sources as s on s.clinic_id = :clinic and e.recorded_by = s.source_id
where
    e.clinic_id = :clinic
    and not exists (
        select from inbound_messages as m
        where m.clinic_id = :clinic and m.source_id = e.recorded_by and m.event_id = e.event_id
    )
    and not exists (
        select from inbound_effects as f
        inner join inbound_messages as m on m.clinic_id = :clinic and f.message_id = m.message_id
        where f.clinic_id = :clinic and f.subject_id = e.event_id and m.source_id = e.recorded_by
    )
    and not exists (
        select from inbound_messages as m
        where m.clinic_id = :clinic and m.source_id = e.recorded_by and m.status = 'kept'
    )
order by e.event_id;

-- name: sources
-- Every source beside what the audit trail says of it: that it was added, by which rules its messages are read
-- since the last change, and that it was deleted; and every one that the trail says was added and is not there.
select
    s.source_id, s.verifier, s.mapping, s.secret, s.old_secret, s.deleted_at, s.created_by, a.subject_id as told,
    a.actor_id as adder, c.detail, r.at as told_deleted_at
from (
    select * from sources
    where clinic_id = :clinic
) as s
full join (
    select subject_id, actor_id from audit
    where clinic_id = :clinic and deed = 'source.added'
) as a on s.source_id = a.subject_id
left join (
    select distinct on (subject_id) subject_id, detail from audit
    where clinic_id = :clinic and deed in ('source.added', 'source.changed')
    order by subject_id, seq desc
) as c on s.source_id = c.subject_id
left join (
    select subject_id, at from audit
    where clinic_id = :clinic and deed = 'source.removed'
) as r on s.source_id = r.subject_id
order by s.source_id, a.subject_id;
