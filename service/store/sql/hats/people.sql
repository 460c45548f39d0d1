-- Everyone who was in some hats, in the order of their tickets' numbers.
select
    p.hat_id, p.enrollment_id, p.participant_id, p.tickets, p.place, p.slip, p.amount, p.clipped
from unnest($2::uuid[]) as asked (hat_id)
cross join lateral (
    select * from hat_people
    where hat_people.clinic_id = $1 and hat_people.hat_id = asked.hat_id
    offset 0
) as p
order by p.hat_id, p.enrollment_id
