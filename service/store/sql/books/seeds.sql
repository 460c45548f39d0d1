-- Every seed, with the commitment that the audit trail holds of it: the first is told where the clinic is created.
select s.seed_id, s.seed, s.commitment, s.revealed_at, a.detail
from seeds as s
left join (
    select subject_id::text as seed, detail from audit
    where clinic_id = $1 and deed = 'seed.committed'
    union all
    select detail::json ->> 'seed', detail from audit
    where clinic_id = $1 and deed = 'clinic.created'
) as a on s.seed_id::text = a.seed
where s.clinic_id = $1
order by s.seed_id
