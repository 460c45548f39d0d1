update seeds set revealed_at = $3
where clinic_id = $1 and seed_id = $2 and revealed_at is null
returning seed
