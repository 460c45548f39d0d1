-- One draw with its seed.
select
    d.draw_id, d.participant_id, d.enrollment_id, d.n, d.document, d.slips, d.drawn_at, d.seed_id, s.seed,
    s.commitment, s.revealed_at
from draws as d
inner join seeds as s on d.clinic_id = s.clinic_id and d.seed_id = s.seed_id
where d.clinic_id = $1 and d.draw_id = $2
