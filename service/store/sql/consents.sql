-- part: columns
consent_id, participant_id, subscriber_id, purpose, expires_on, given_at, recorded_by, revoked_at, revoked_by;

-- name: find
select {columns}
from consents
where clinic_id = :clinic and consent_id = :consent_id;

-- name: insert
insert into consents (
    clinic_id, consent_id, participant_id, subscriber_id, purpose, expires_on, given_at, recorded_by
)
values (:clinic, :consent_id, :participant_id, :subscriber_id, :purpose, :expires_on, :given_at, :recorded_by);

-- name: list
select {columns}
from consents
where clinic_id = :clinic and consent_id < :before and (:subscriber_id::uuid is null or subscriber_id = :subscriber_id)
order by consent_id desc
limit :limit;

-- name: list_of_participant
select {columns}
from consents
where
    clinic_id = :clinic
    and participant_id = :participant_id
    and consent_id < :before
    and (:subscriber_id::uuid is null or subscriber_id = :subscriber_id)
order by consent_id desc
limit :limit;

-- name: revoke
update consents
set revoked_at = :now, revoked_by = :revoked_by
where clinic_id = :clinic and consent_id = :consent_id and revoked_at is null;
