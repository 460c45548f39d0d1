-- What each prize of some participants credited, with the enrollment that it was drawn for.
select
    p.participant_id, p.prize_id, p.draw_id, p.unit, p.amount, p.won_at, d.enrollment_id, e.funding
from prizes as p
left join draws as d on d.clinic_id = $1 and p.draw_id = d.draw_id
left join enrollments as e on e.clinic_id = $1 and d.enrollment_id = e.enrollment_id
where p.clinic_id = $1 and p.participant_id = any($2::uuid[]) and p.status = 'credited'
order by p.prize_id
