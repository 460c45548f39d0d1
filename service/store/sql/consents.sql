-- part: columns
-- A consent `c`, as whose it is by now.
c.consent_id, (
    select coalesce(p.survivor_id, p.participant_id) from participants as p
    where p.clinic_id = :clinic and p.participant_id = c.participant_id
) as participant_id, c.subscriber_id, c.purpose, c.expires_on, c.given_at, c.recorded_by, c.revoked_at, c.revoked_by,
c.kind, c.information, c.recipient, c.recipient_is_class, c.ends_when, c.how_to_revoke, c.signed_how, c.signed_name,
c.signed_on;

-- name: find
select {columns}
from consents as c
where clinic_id = :clinic and consent_id = :consent_id;

-- name: insert
insert into consents (
    clinic_id, consent_id, participant_id, subscriber_id, purpose, expires_on, given_at, recorded_by, kind,
    information, recipient, recipient_is_class, ends_when, how_to_revoke, signed_how, signed_name, signed_on, signature,
    signature_media
)
values (
    :clinic, :consent_id, :participant_id, :subscriber_id, :purpose, :expires_on, :given_at, :recorded_by, :kind,
    :information, :recipient, :recipient_is_class, :ends_when, :how_to_revoke, :signed_how, :signed_name, :signed_on,
    :signature, :signature_media
);

-- name: list
select {columns}
from consents as c
where clinic_id = :clinic and consent_id < :before and (:subscriber_id::uuid is null or subscriber_id = :subscriber_id)
order by consent_id desc
limit :limit;

-- name: list_of_participant
-- Those that were given under any of some charts.
select {columns}
from unnest(:charts::uuid[]) as asked (participant_id)
cross join lateral (
    select * from consents
    where
        consents.clinic_id = :clinic
        and consents.participant_id = asked.participant_id
        and consent_id < :before
        and (:subscriber_id::uuid is null or subscriber_id = :subscriber_id)
    order by consent_id desc
    limit :limit
) as c
order by c.consent_id desc
limit :limit;

-- name: picture
select signature, signature_media
from consents
where clinic_id = :clinic and consent_id = :consent_id and signature is not null;

-- name: revoke
update consents
set revoked_at = :now, revoked_by = :revoked_by
where clinic_id = :clinic and consent_id = :consent_id and revoked_at is null;
