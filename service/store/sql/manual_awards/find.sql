select
    m.manual_award_id, m.participant_id, m.unit, m.amount, m.reason, m.funding, m.enrollment_id, m.status,
    m.proposed_at, m.proposed_by, m.settled_at, m.settled_by, m.refusal, m.paid, m.clipped, m.why, p.language
from manual_awards as m
inner join participants as p on m.clinic_id = p.clinic_id and m.participant_id = p.participant_id
where m.clinic_id = $1 and m.manual_award_id = $2
