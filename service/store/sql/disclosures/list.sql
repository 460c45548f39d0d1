select disclosure_id, participant_id, subscriber_id, delivery_id, type, consent_id, at
from disclosures
where clinic_id = $1 and participant_id = $2 and disclosure_id < $3
order by disclosure_id desc
limit $4
