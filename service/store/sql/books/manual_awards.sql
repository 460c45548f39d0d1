-- Every manual award, with its participant and its enrollment's where these exist, beside what the audit trail
-- says of it; and every one that the trail says was proposed and that is not there.
-- $1 clinic, $2 whether the audit trail is read at all.
select
    m.manual_award_id, m.participant_id, m.unit, m.amount, m.paid, m.clipped, m.enrollment_id,
    e.participant_id as enrolled, p.participant_id as known, m.status, m.proposed_at, m.proposed_by,
    m.settled_at, m.settled_by, a.subject_id as told, a.actor_id as proposer, a.at as told_proposed_at,
    a.detail as told_proposed, s.actor_id as settler, s.at as told_settled_at, s.detail as told_settled
from (
    select * from manual_awards
    where clinic_id = $1
) as m
full join (
    select subject_id, actor_id, at, detail from audit
    where clinic_id = $1 and $2 and deed = 'manual_award.proposed'
) as a on m.manual_award_id = a.subject_id
left join (
    select subject_id, actor_id, at, detail, deed from audit
    where clinic_id = $1 and $2 and deed in ('manual_award.approved', 'manual_award.refused')
) as s on m.manual_award_id = s.subject_id and s.deed = 'manual_award.' || m.status
left join enrollments as e on e.clinic_id = $1 and m.enrollment_id = e.enrollment_id
left join participants as p on p.clinic_id = $1 and m.participant_id = p.participant_id
order by m.manual_award_id, a.subject_id
