-- How many rewards were handed over between two moments, and how many minutes people waited for them.
-- $1 clinic, $2 from, $3 before.
select
    count(*)::integer as given,
    percentile_cont(array[0.5, 0.9]) within group (order by extract(epoch from settled_at - requested_at) / 60.0)
    as minutes
from redemptions
where clinic_id = $1 and status = 'given' and settled_at >= $2 and settled_at < $3
