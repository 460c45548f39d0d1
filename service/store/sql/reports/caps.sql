-- The caps that hold on a day or held since another, each with how many people came near it or to it meanwhile.
-- $1 clinic, $2 the first day, $3 the last day, $4 from, $5 before.
select
    c.cap_id, c.per, c.unit, c.amount, c.funding, c.starts_on, c.ends_on,
    count(distinct w.participant_id) filter (where w.percent = 80)::integer as near,
    count(distinct w.participant_id) filter (where w.percent = 100)::integer as reached
from caps as c
left join cap_warnings as w
    on w.clinic_id = $1 and c.cap_id = w.cap_id and w.reached_at >= $4 and w.reached_at < $5
where c.clinic_id = $1 and c.starts_on <= $3 and (c.ends_on is null or c.ends_on >= $2)
group by c.cap_id, c.per, c.unit, c.amount, c.funding, c.starts_on, c.ends_on
order by c.cap_id
