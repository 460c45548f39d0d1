-- Names that no hat holds.
select p.hat_id, p.enrollment_id
from hat_people as p
where p.clinic_id = $1 and not exists (
    select from hats as h where h.clinic_id = $1 and h.hat_id = p.hat_id
)
order by p.hat_id, p.enrollment_id
