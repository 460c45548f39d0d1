-- Every recording: what its audit entry says of it, and the facts that there are of it. A request whose events
-- went into several transactions has one entry for each, told apart by their time.
select
    a.seq, a.detail, e.event_id, e.digest,
    coalesce(e.recording_id, a.subject_id) as recording_id, coalesce(e.recorded_at, a.at) as at
from (
    select recording_id, recorded_at, event_id, digest from events
    where clinic_id = $1
) as e
full join (
    select seq, subject_id, at, detail from audit
    where clinic_id = $1 and deed = $2
) as a on e.recording_id = a.subject_id and e.recorded_at = a.at
order by 5, 6, e.event_id
