-- Caps set before $2, newest first; with $4, those that are in force on that day.
select cap_id, per, unit, amount, funding, starts_on, ends_on, reason, created_at, created_by
from caps
where
    clinic_id = $1
    and cap_id < $2
    and ($4::date is null or (starts_on <= $4 and (ends_on is null or ends_on >= $4)))
order by cap_id desc
limit $3
