-- name: find
select
    consent_id, participant_id, subscriber_id, purpose, expires_on, given_at, recorded_by, revoked_at, revoked_by
from consents
where clinic_id = $1 and consent_id = $2;

-- name: insert
insert into consents (
    clinic_id, consent_id, participant_id, subscriber_id, purpose, expires_on, given_at, recorded_by
)
values ($1, $2, $3, $4, $5, $6, $7, $8);

-- name: list
select
    consent_id, participant_id, subscriber_id, purpose, expires_on, given_at, recorded_by, revoked_at, revoked_by
from consents
where clinic_id = $1 and consent_id < $2 and ($4::uuid is null or subscriber_id = $4)
order by consent_id desc
limit $3;

-- name: list_of_participant
select
    consent_id, participant_id, subscriber_id, purpose, expires_on, given_at, recorded_by, revoked_at, revoked_by
from consents
where
    clinic_id = $1
    and participant_id = $5
    and consent_id < $2
    and ($4::uuid is null or subscriber_id = $4)
order by consent_id desc
limit $3;

-- name: revoke
update consents
set revoked_at = $3, revoked_by = $4
where clinic_id = $1 and consent_id = $2 and revoked_at is null;
