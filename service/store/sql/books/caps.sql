-- Every cap, with what the audit trail says it was set to, and when it was ended.
select
    c.cap_id, c.per, c.unit, c.amount, c.funding, c.starts_on, c.ends_on, c.reason, s.detail as told,
    e.detail as ended
from caps as c
left join (
    select subject_id, detail from audit
    where clinic_id = $1 and deed = 'cap.set'
) as s on c.cap_id = s.subject_id
left join (
    select subject_id, detail from audit
    where clinic_id = $1 and deed = 'cap.ended'
) as e on c.cap_id = e.subject_id
where c.clinic_id = $1
order by c.cap_id
