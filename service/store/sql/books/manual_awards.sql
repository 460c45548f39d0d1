-- Every manual award, with its participant and its enrollment's where these exist.
select
    m.manual_award_id, m.participant_id, m.unit, m.amount, m.status, m.proposed_by, m.settled_at, m.settled_by,
    m.paid, m.clipped, m.funding, m.enrollment_id, e.participant_id as enrolled, p.participant_id as known
from manual_awards as m
left join enrollments as e on m.clinic_id = e.clinic_id and m.enrollment_id = e.enrollment_id
left join participants as p on m.clinic_id = p.clinic_id and m.participant_id = p.participant_id
where m.clinic_id = $1
order by m.manual_award_id
