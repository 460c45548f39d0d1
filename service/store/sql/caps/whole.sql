-- Every cap of the clinic in the order they were set; a clinic has a few.
select cap_id, per, unit, amount, starts_on, ends_on, funding
from caps
where clinic_id = $1
order by cap_id
