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
cross join lateral (
    select * from seeds
    where seeds.clinic_id = $1 and seeds.seed_id = d.seed_id
    offset 0
) as s
order by d.draw_id desc
