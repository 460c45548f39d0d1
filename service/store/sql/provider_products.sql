-- part: columns
provider_product_id, provider_account_id, reference, name, category, least, most, faces, forbidden, allowed, allowed_by,
gone_at;

-- name: add
-- A kind of card that staff load by hand: there is no catalog to read it from.
insert into provider_products (
    clinic_id, provider_product_id, provider_account_id, reference, name, category, least, most, faces, forbidden, seen_at
)
values (
    :clinic, :provider_product_id, :provider_account_id, :reference, :name, :category, :least, :most, '{}', null, :now
);

-- name: allow
update provider_products
set allowed = :allowed, allowed_by = :allowed_by, allowed_at = :now
where clinic_id = :clinic and provider_product_id = :provider_product_id;

-- name: find
select {columns}
from provider_products
where clinic_id = :clinic and provider_product_id = :provider_product_id;

-- name: list
select {columns}
from provider_products
where
    clinic_id = :clinic and provider_account_id = :provider_account_id and provider_product_id > :after
    and (:allowed::boolean is null or allowed = :allowed)
order by provider_product_id
limit :limit;

-- name: lock
select {columns}
from provider_products
where clinic_id = :clinic and provider_product_id = :provider_product_id
for update;

-- name: put
-- Products as a catalog has them now; one that came to name what is forbidden is allowed no more.
insert into provider_products (
    clinic_id, provider_product_id, provider_account_id, reference, name, category, least, most, faces, forbidden, seen_at
)
select :clinic, p.provider_product_id, :provider_account_id, p.reference, p.name, p.category, p.least, p.most,
    coalesce(string_to_array(nullif(p.faces, ''), ',')::bigint[], '{}'), p.forbidden, :now
from unnest(
    :provider_product_id::uuid[], :reference::text[], :name::text[], :category::text[], :least::bigint[], :most::bigint[],
    :faces::text[], :forbidden::text[]
) as p (provider_product_id, reference, name, category, least, most, faces, forbidden)
on conflict on constraint provider_products_are_known_once do update
set
    name = excluded.name, category = excluded.category, least = excluded.least, most = excluded.most,
    faces = excluded.faces, forbidden = excluded.forbidden, seen_at = excluded.seen_at, gone_at = null,
    allowed = provider_products.allowed and excluded.forbidden is null;

-- name: went
-- Products that the catalog read at :now had no more.
update provider_products set gone_at = :now
where
    clinic_id = :clinic and provider_account_id = :provider_account_id and seen_at < :now and gone_at is null;
