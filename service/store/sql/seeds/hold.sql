-- The seed in use, which nobody reveals before this transaction ends.
select seed_id, seed, commitment
from seeds
where clinic_id = $1 and revealed_at is null
for share
