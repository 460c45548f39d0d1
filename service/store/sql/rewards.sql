-- part: columns
reward_id, name, description, unit, price, kind, category, stock, instant, active, revision, created_at,
fair_value, lowered_by, moved_by, provider_product_id, face, name_es, description_es, picture;

-- name: change
update rewards
set
    name = :name, description = :description, price = :price, category = :category, instant = :instant,
    active = :active, fair_value = :fair_value, lowered_by = :lowered_by, moved_by = :moved_by, face = :face,
    name_es = :name_es, description_es = :description_es, picture = :picture,
    revision = revision + 1
where clinic_id = :clinic and reward_id = :reward_id;

-- name: find
select {columns}
from rewards
where clinic_id = :clinic and reward_id = :reward_id;

-- name: insert
insert into rewards (
    clinic_id, reward_id, name, description, unit, price, kind, category, stock, instant, created_at, fair_value,
    provider_product_id, face, name_es, description_es, picture
)
values (:clinic, :reward_id, :name, :description, :unit, :price, :kind, :category, :stock, :instant, :created_at,
    :fair_value, :provider_product_id, :face, :name_es, :description_es, :picture);

-- name: list
select {columns}
from rewards
where
    clinic_id = :clinic
    and reward_id < :before
    and (:active::boolean is null or active = :active)
    and (:category::text is null or category = :category)
order by reward_id desc
limit :limit;

-- name: lock
select {columns}
from rewards
where clinic_id = :clinic and reward_id = :reward_id
for no key update;

-- name: return_stock
-- A reward that never runs out keeps its null.
update rewards set stock = stock + :quantity
where clinic_id = :clinic and reward_id = :reward_id;

-- name: set_stock
-- The stock is not what a person edits by hand, so the revision stays.
update rewards set stock = :stock
where clinic_id = :clinic and reward_id = :reward_id;

-- name: taken
-- How many pieces of a locked reward were asked for and not returned, or given as prizes.
select
    coalesce((
        select sum(quantity) from redemptions
        where clinic_id = :clinic and reward_id = :reward_id and status <> 'canceled'
    ), 0)::bigint
    + (
        select count(*) from prizes
        where clinic_id = :clinic and reward_id = :reward_id
    );
