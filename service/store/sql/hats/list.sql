-- One page of hats with their seeds, newest first.
select
    h.hat_id, h.program, h.target, h.day, h.bowl, h.draws, h.drawn_at, h.seed_id, s.seed, s.commitment, s.revealed_at
from (
    select * from hats
    where clinic_id = $1 and hat_id < $2
    order by hat_id desc
    limit $3
) as h
inner join seeds as s on s.clinic_id = $1 and h.seed_id = s.seed_id
order by h.hat_id desc
