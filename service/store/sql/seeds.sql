-- name: current
-- The seed in use, which nobody draws with or reveals before this transaction ends.
select seed_id, seed, commitment, committed_at
from seeds
where clinic_id = :clinic and revealed_at is null
for update;

-- name: hold
-- The seed in use, which nobody reveals before this transaction ends.
select seed_id, seed, commitment
from seeds
where clinic_id = :clinic and revealed_at is null
for share;

-- name: insert
insert into seeds (clinic_id, seed_id, seed, commitment, committed_at)
values (:clinic, :seed_id, :seed, :commitment, :now);

-- name: list
select seed_id, seed, commitment, committed_at, revealed_at
from seeds
where clinic_id = :clinic and seed_id < :before
order by seed_id desc
limit :limit;

-- name: reveal
update seeds set revealed_at = :revealed_at
where clinic_id = :clinic and seed_id = :seed_id and revealed_at is null
returning seed;

-- name: take_turn
-- One rotation of a clinic's seeds at a time; whoever waited looks at the seed in use only afterwards.
select pg_advisory_xact_lock(hashtextextended(:clinic::uuid::text || '/seeds', 0));

-- name: used
-- Whether anything was drawn with a seed.
select
    exists (select from draws where clinic_id = :clinic and seed_id = :seed_id)
    or exists (select from hats where clinic_id = :clinic and seed_id = :seed_id)
    or exists (select from drawn_days where clinic_id = :clinic and seed_id = :seed_id);
