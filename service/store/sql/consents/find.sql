select
    consent_id, participant_id, subscriber_id, purpose, expires_on, given_at, recorded_by, revoked_at, revoked_by
from consents
where clinic_id = $1 and consent_id = $2
