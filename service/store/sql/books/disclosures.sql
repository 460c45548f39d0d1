-- Disclosures under a consent, beside that consent, and those to a subscriber that there is not.
select
    d.disclosure_id, d.participant_id, d.subscriber_id, d.consent_id, d.at, s.subscriber_id as told_to,
    c.participant_id as consenting, c.subscriber_id as consented_to, c.given_at
from disclosures as d
left join subscribers as s on s.clinic_id = $1 and d.subscriber_id = s.subscriber_id
left join consents as c on c.clinic_id = $1 and d.consent_id = c.consent_id
where d.clinic_id = $1
order by d.disclosure_id
