-- name: insert
insert into tax_thresholds (clinic_id, from_year, tax_threshold_id, unit, amount, created_at, created_by)
select $1, t.from_year, t.tax_threshold_id, 'usd', t.amount, $2, $3
from unnest($4::smallint[], $5::uuid[], $6::bigint[]) as t (from_year, tax_threshold_id, amount);

-- name: list
-- The threshold that holds from each year on, the latest year before $2 first.
select distinct on (from_year) from_year, tax_threshold_id, unit, amount, created_at, created_by
from tax_thresholds
where clinic_id = $1 and from_year < $2::bigint
order by from_year desc, created_at desc, tax_threshold_id desc
limit $3;
