insert into deliveries (
    clinic_id, subscriber_id, created_at, sequence, delivery_id, type, participant_id, body
)
select $1, $2, $3, d.sequence, d.delivery_id, d.type, d.participant_id, d.body
from unnest($4::bigint[], $5::uuid[], $6::text[], $7::uuid[], $8::bytea[])
    as d (sequence, delivery_id, type, participant_id, body)
