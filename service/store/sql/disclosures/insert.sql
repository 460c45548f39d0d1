insert into disclosures (
    clinic_id, subscriber_id, participant_id, disclosure_id, delivery_id, type, consent_id, at
)
select $1, $2, d.participant_id, d.disclosure_id, d.delivery_id, d.type, d.consent_id, d.at
from unnest($3::uuid[], $4::uuid[], $5::uuid[], $6::text[], $7::uuid[], $8::timestamptz[])
    as d (participant_id, disclosure_id, delivery_id, type, consent_id, at)
