-- Each enrollment with what was drawn for it, and all that was ever credited for it or for no enrollment: what is
-- taken back later does not undo a draw.
select
    d.enrollment_id, d.participant_id, d.drawn,
    (coalesce(o.credited, 0) + coalesce(a.credited, 0))::bigint as credited
from (
    select enrollment_id, participant_id, sum(cardinality(slips))::bigint as drawn from draws
    where clinic_id = $1
    group by enrollment_id, participant_id
) as d
left join (
    select enrollment_id, sum(amount) as credited from transfers
    where clinic_id = $1 and unit = 'draw' and source = 'issued'
    group by enrollment_id
) as o on d.enrollment_id = o.enrollment_id
left join (
    select participant_id, sum(amount) as credited from transfers
    where clinic_id = $1 and unit = 'draw' and source = 'issued' and enrollment_id is null
    group by participant_id
) as a on d.participant_id = a.participant_id
order by d.enrollment_id
