-- One page of hats with their seeds, newest first.
select
    h.hat_id, h.program, h.target, h.day, h.bowl, h.draws, h.drawn_at, h.seed_id, s.seed, s.commitment, s.revealed_at
from (
    select * from hats
    where clinic_id = $1 and hat_id < $2
    order by hat_id desc
    limit $3
) as h
cross join lateral (
    select * from seeds
    where seeds.clinic_id = $1 and seeds.seed_id = h.seed_id
    offset 0
) as s
order by h.hat_id desc
