-- name: insert
insert into disclosures (
    clinic_id, subscriber_id, participant_id, disclosure_id, delivery_id, type, consent_id, at
)
select :clinic, :subscriber_id, d.participant_id, d.disclosure_id, d.delivery_id, d.type, d.consent_id, d.at
from unnest(
    :participant_id::uuid[], :disclosure_id::uuid[], :delivery_id::uuid[], :type::text[], :consent_id::uuid[],
    :at::timestamptz[]
)
    as d (participant_id, disclosure_id, delivery_id, type, consent_id, at);

-- name: list
select disclosure_id, participant_id, subscriber_id, delivery_id, type, consent_id, at
from disclosures
where clinic_id = :clinic and participant_id = :participant_id and disclosure_id < :before
order by disclosure_id desc
limit :limit;
