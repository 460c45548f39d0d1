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
-- What was disclosed of any of some charts.
select d.disclosure_id, d.participant_id, d.subscriber_id, d.delivery_id, d.type, d.consent_id, d.at
from unnest(:charts::uuid[]) as asked (participant_id)
cross join lateral (
    select * from disclosures
    where
        disclosures.clinic_id = :clinic
        and disclosures.participant_id = asked.participant_id
        and disclosure_id < :before
    order by disclosure_id desc
    limit :limit
) as d
order by d.disclosure_id desc
limit :limit;
