-- name: insert
insert into disclosures (
    clinic_id, subscriber_id, participant_id, disclosure_id, delivery_id, type, consent_id, at
)
select $1, $2, d.participant_id, d.disclosure_id, d.delivery_id, d.type, d.consent_id, d.at
from unnest($3::uuid[], $4::uuid[], $5::uuid[], $6::text[], $7::uuid[], $8::timestamptz[])
    as d (participant_id, disclosure_id, delivery_id, type, consent_id, at);

-- name: list
select disclosure_id, participant_id, subscriber_id, delivery_id, type, consent_id, at
from disclosures
where clinic_id = $1 and participant_id = $2 and disclosure_id < $3
order by disclosure_id desc
limit $4;
