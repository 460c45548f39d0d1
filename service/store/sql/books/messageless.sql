-- Events that a source recorded and that no message of it became. While one of its messages is kept, the event may
-- be that one's: whoever recorded it has yet to say so.
select e.event_id, e.recorded_by
from events as e
inner join sources as s on s.clinic_id = $1 and e.recorded_by = s.source_id
where
    e.clinic_id = $1
    and not exists (
        select from inbound_messages as m
        where m.clinic_id = $1 and m.source_id = e.recorded_by and m.event_id = e.event_id
    )
    and not exists (
        select from inbound_messages as m
        where m.clinic_id = $1 and m.source_id = e.recorded_by and m.status = 'kept'
    )
order by e.event_id
