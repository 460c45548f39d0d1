-- Every recording: what its audit entry says of it, and the facts that there are of it, by recording and event.
select
    a.seq, a.detail, e.event_id, e.digest,
    coalesce(e.recording_id, a.subject_id) as recording_id
from (
    select recording_id, event_id, digest from events
    where clinic_id = $1
) as e
full join (
    select seq, subject_id, detail from audit
    where clinic_id = $1 and deed = $2
) as a on e.recording_id = a.subject_id
order by 5, e.event_id
