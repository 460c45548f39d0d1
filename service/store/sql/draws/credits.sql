-- Every credit of draws to a participant, and what of them went back, with what says which bowl they come from.
-- $1 clinic, $2 participant.
select
    t.enrollment_id, t.at, e.target, e.program_week, h.bowl,
    case when t.source = 'issued' then t.amount else -t.amount end as amount
from (
    select * from transfers
    where clinic_id = $1 and participant_id = $2 and unit = 'draw' and 'issued' in (source, destination)
    offset 0
) as t
left join events as e on e.clinic_id = $1 and t.enrollment_id = e.enrollment_id and t.fact_no = e.fact_no
left join hats as h on h.clinic_id = $1 and t.cause = 'hat' and t.cause_id = h.hat_id
order by t.transfer_id
