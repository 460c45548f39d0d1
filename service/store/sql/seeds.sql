-- name: current
-- The seed in use, which nobody draws with or reveals before this transaction ends.
select seed_id, seed, commitment, committed_at
from seeds
where clinic_id = $1 and revealed_at is null
for update;

-- name: hold
-- The seed in use, which nobody reveals before this transaction ends.
select seed_id, seed, commitment
from seeds
where clinic_id = $1 and revealed_at is null
for share;

-- name: insert
insert into seeds (clinic_id, seed_id, seed, commitment, committed_at)
values ($1, $2, $3, $4, $5);

-- name: list
select seed_id, seed, commitment, committed_at, revealed_at
from seeds
where clinic_id = $1 and seed_id < $2
order by seed_id desc
limit $3;

-- name: reveal
update seeds set revealed_at = $3
where clinic_id = $1 and seed_id = $2 and revealed_at is null
returning seed;

-- name: take_turn
-- One rotation of a clinic's seeds at a time; whoever waited looks at the seed in use only afterwards.
select pg_advisory_xact_lock(hashtextextended($1::uuid::text || '/seeds', 0));

-- name: used
-- Whether anything was drawn with a seed.
select
    exists (select from draws where clinic_id = $1 and seed_id = $2)
    or exists (select from hats where clinic_id = $1 and seed_id = $2);
