insert into tax_thresholds (clinic_id, from_year, tax_threshold_id, unit, amount, created_at, created_by)
select $1, t.from_year, t.tax_threshold_id, 'usd', t.amount, $2, $3
from unnest($4::smallint[], $5::uuid[], $6::bigint[]) as t (from_year, tax_threshold_id, amount)
