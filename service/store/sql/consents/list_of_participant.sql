select
    consent_id, participant_id, subscriber_id, purpose, expires_on, given_at, recorded_by, revoked_at, revoked_by
from consents
where
    clinic_id = $1
    and participant_id = $5
    and consent_id < $2
    and ($4::uuid is null or subscriber_id = $4)
order by consent_id desc
limit $3
