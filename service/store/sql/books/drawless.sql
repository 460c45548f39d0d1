-- Prizes that no draw won.
select p.prize_id, p.draw_id
from prizes as p
where p.clinic_id = $1 and not exists (
    select from draws as d where d.clinic_id = $1 and d.draw_id = p.draw_id
)
order by p.prize_id
