-- Every message with its source and its event where these exist, beside what the audit trail says of it: that it
-- was kept, and what became of it last; and every one that the trail says was kept and that is not there.
select
    m.message_id, m.source_id, m.key, m.sender_id, m.body, m.body_index, m.received_at, m.status, m.code,
    m.event_id, m.participant_id, m.discarded_by, s.source_id as known, e.participant_id as recorded_for,
    k.subject_id as told, k.actor_id as keeper, k.at as told_at, k.detail as told_kept, l.deed,
    l.actor_id as settler, l.detail as told_settled
from (
    select * from inbound_messages
    where clinic_id = $1
) as m
full join (
    select subject_id, actor_id, at, detail from audit
    where clinic_id = $1 and deed = 'inbound_message.kept'
) as k on m.message_id = k.subject_id
left join (
    select distinct on (subject_id) subject_id, deed, actor_id, detail from audit
    where
        clinic_id = $1
        and deed in (
            'inbound_message.kept', 'inbound_message.recorded', 'inbound_message.ignored',
            'inbound_message.put_aside', 'inbound_message.retried', 'inbound_message.discarded'
        )
    order by subject_id, seq desc
) as l on m.message_id = l.subject_id
left join sources as s on s.clinic_id = $1 and m.source_id = s.source_id
left join events as e on e.clinic_id = $1 and m.event_id = e.event_id
order by m.message_id, k.subject_id
