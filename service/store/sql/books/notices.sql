-- The log, each row beside the entry of the audit trail that numbers it.
select n.seq, n.at, n.body, a.at as told_at
from notices as n
left join audit as a on a.clinic_id = $1 and n.seq = a.seq
where n.clinic_id = $1
order by n.seq
