-- One page of a participant's transfers, newest first, each with what its sentence needs.
-- $1 clinic, $2 participant, $3 cursor, $4 limit, $5 unit or null.
select
    t.transfer_id, t.at, t.unit, t.amount, t.source, t.destination, t.cause, t.cause_id, a.why, a.event_id,
    e.target, n.program, n.version, r.name as reward
from (
    select * from transfers
    where
        clinic_id = $1 and participant_id = $2 and transfer_id < $3 and ($5::text is null or unit = $5)
    order by transfer_id desc
    limit $4
) as t
left join awards as a
    on
        a.clinic_id = $1
        and t.cause = 'award'
        and t.enrollment_id = a.enrollment_id
        and t.fact_no = a.fact_no
        and t.cause_id = a.award_id
left join events as e on e.clinic_id = $1 and a.event_id = e.event_id
left join enrollments as n on n.clinic_id = $1 and t.enrollment_id = n.enrollment_id
left join redemptions as d on d.clinic_id = $1 and t.cause = 'redemption' and t.cause_id = d.redemption_id
left join rewards as r on r.clinic_id = $1 and d.reward_id = r.reward_id
order by t.transfer_id desc
