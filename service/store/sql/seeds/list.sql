select seed_id, seed, commitment, committed_at, revealed_at
from seeds
where clinic_id = $1 and seed_id < $2
order by seed_id desc
limit $3
