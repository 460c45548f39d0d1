-- The seed in use, which nobody draws with or reveals before this transaction ends.
select seed_id, seed, commitment, committed_at
from seeds
where clinic_id = $1 and revealed_at is null
for update
