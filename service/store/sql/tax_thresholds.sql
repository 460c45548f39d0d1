-- name: insert
insert into tax_thresholds (clinic_id, from_year, tax_threshold_id, unit, amount, created_at, created_by)
select :clinic, t.from_year, t.tax_threshold_id, 'usd', t.amount, :now, :created_by
from unnest(
    :from_year::smallint[], :tax_threshold_id::uuid[], :amount::bigint[]
) as t (from_year, tax_threshold_id, amount);

-- name: list
-- The threshold that holds from each year on, the latest year before :before_year first.
select distinct on (from_year) from_year, tax_threshold_id, unit, amount, created_at, created_by
from tax_thresholds
where clinic_id = :clinic and from_year < :before_year::bigint
order by from_year desc, created_at desc, tax_threshold_id desc
limit :limit;
