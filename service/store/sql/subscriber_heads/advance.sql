-- What the log was read up to, and the last number that was given.
update subscriber_heads
set read_seq = $3, read_at = greatest(read_at, $4), sequence = $5
where clinic_id = $1 and subscriber_id = $2
