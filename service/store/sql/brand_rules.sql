-- name: products
-- What some products are called in their catalogs.
select p.provider_product_id, p.name, p.category
from unnest(:products::uuid[]) as asked (product)
cross join lateral (
    select * from provider_products
    where provider_products.clinic_id = :clinic and provider_products.provider_product_id = asked.product
    offset 0
) as p;

-- name: programs
-- The programs that somebody is in now.
select distinct program from enrollments
where clinic_id = :clinic and participant_id = :participant_id and closed_on is null;

-- name: rules
-- The newest rule of the clinic and of each program.
select distinct on (program) brand_rule_id, program, categories, brands, set_at, set_by
from brand_rules
where clinic_id = :clinic
order by program, brand_rule_id desc;

-- name: set
insert into brand_rules (clinic_id, brand_rule_id, program, categories, brands, set_at, set_by)
values (:clinic, :brand_rule_id, :program, :categories, :brands, :now, :set_by);
