-- All manual awards of some participants, with their enrollments' participants.
select
    m.manual_award_id, m.participant_id, m.unit, m.amount, m.status, m.proposed_by, m.settled_at, m.settled_by,
    m.paid, m.clipped, m.funding, m.enrollment_id, e.participant_id as enrolled, m.participant_id as known
from manual_awards as m
left join enrollments as e on m.clinic_id = e.clinic_id and m.enrollment_id = e.enrollment_id
where m.clinic_id = $1 and m.participant_id = any($2::uuid[])
order by m.participant_id, m.manual_award_id
