-- All corrections of some enrollments' events in the order recorded, each with what its audit entry says and the
-- days of its closure.
select
    c.correction_id, c.enrollment_id, c.participant_id, c.fact_no, c.event_id, c.about_id, c.kind, c.outcome,
    c.closure_id, c.reason, c.recorded_by, c.digest, a.detail as told, k.first_day, k.last_day
from corrections as c
left join audit as a
    on
        a.clinic_id = $1
        and c.participant_id = a.participant_id
        and a.deed = 'event.corrected'
        and c.correction_id = a.subject_id
left join closures as k on k.clinic_id = $1 and c.closure_id = k.closure_id
where c.clinic_id = $1 and c.enrollment_id = any($2::uuid[])
order by c.enrollment_id, c.fact_no
