-- One hat with its seed.
select
    h.hat_id, h.program, h.target, h.day, h.bowl, h.draws, h.drawn_at, h.seed_id, s.seed, s.commitment, s.revealed_at
from hats as h
inner join seeds as s on h.clinic_id = s.clinic_id and h.seed_id = s.seed_id
where h.clinic_id = $1 and h.hat_id = $2
