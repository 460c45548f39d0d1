-- What each name of some participants that was drawn from a hat credited.
select p.participant_id, p.hat_id, p.enrollment_id, p.amount, h.drawn_at, e.funding
from hat_people as p
inner join hats as h on h.clinic_id = $1 and p.hat_id = h.hat_id
left join enrollments as e on e.clinic_id = $1 and p.enrollment_id = e.enrollment_id
where p.clinic_id = $1 and p.participant_id = any($2::uuid[]) and p.place is not null
order by p.hat_id, p.enrollment_id
