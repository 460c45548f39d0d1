-- Every seed.
select seed_id, seed, commitment, revealed_at
from seeds
where clinic_id = $1
order by seed_id
