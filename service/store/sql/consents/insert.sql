insert into consents (
    clinic_id, consent_id, participant_id, subscriber_id, purpose, expires_on, given_at, recorded_by
)
values ($1, $2, $3, $4, $5, $6, $7, $8)
