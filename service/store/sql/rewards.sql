-- name: change
update rewards
set
    name = $3, description = $4, price = $5, category = $6, instant = $7, active = $8, revision = revision + 1
where clinic_id = $1 and reward_id = $2;

-- name: find
select
    reward_id, name, description, unit, price, kind, category, stock, instant, active, revision, created_at
from rewards
where clinic_id = $1 and reward_id = $2;

-- name: insert
insert into rewards (
    clinic_id, reward_id, name, description, unit, price, kind, category, stock, instant, created_at
)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11);

-- name: list
select
    reward_id, name, description, unit, price, kind, category, stock, instant, active, revision, created_at
from rewards
where
    clinic_id = $1
    and reward_id < $2
    and ($4::boolean is null or active = $4)
    and ($5::text is null or category = $5)
order by reward_id desc
limit $3;

-- name: lock
select
    reward_id, name, description, unit, price, kind, category, stock, instant, active, revision, created_at
from rewards
where clinic_id = $1 and reward_id = $2
for no key update;

-- name: return_stock
-- A reward that never runs out keeps its null.
update rewards set stock = stock + $3
where clinic_id = $1 and reward_id = $2;

-- name: set_stock
-- The stock is not what a person edits by hand, so the revision stays.
update rewards set stock = $3
where clinic_id = $1 and reward_id = $2;

-- name: taken
-- How many pieces of a locked reward were asked for and not returned, or given as prizes.
select
    coalesce((
        select sum(quantity) from redemptions
        where clinic_id = $1 and reward_id = $2 and status <> 'canceled'
    ), 0)::bigint
    + (
        select count(*) from prizes
        where clinic_id = $1 and reward_id = $2
    );
