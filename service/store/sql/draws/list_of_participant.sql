-- One page of a participant's draws with their seeds, newest first.
select
    d.draw_id, d.participant_id, d.enrollment_id, d.n, d.document, d.slips, d.drawn_at, d.seed_id, s.seed,
    s.commitment, s.revealed_at
from (
    select * from draws
    where clinic_id = $1 and participant_id = $4 and draw_id < $2
    order by draw_id desc
    limit $3
) as d
inner join seeds as s on s.clinic_id = $1 and d.seed_id = s.seed_id
order by d.draw_id desc
