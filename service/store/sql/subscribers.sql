-- part: columns
subscriber_id, url, types, consent_required, status, disabled_why, disabled_at, secret, old_secret_until,
revision, created_at, created_by;

-- name: change
update subscribers
set
    url = :url, types = :types, consent_required = :consent_required, status = :status,
    disabled_why = :disabled_why, disabled_at = :disabled_at,
    revision = revision + 1
where clinic_id = :clinic and subscriber_id = :subscriber_id;

-- name: delete
update subscribers
set deleted_at = :now, revision = revision + 1
where clinic_id = :clinic and subscriber_id = :subscriber_id;

-- name: disable
update subscribers
set status = 'disabled', disabled_why = :disabled_why, disabled_at = :now, revision = revision + 1
where clinic_id = :clinic and subscriber_id = :subscriber_id and status = 'active'
returning revision;

-- name: due
select clinic_id, subscriber_id, silences from subscribers_due(:now, :limit);

-- name: find
select {columns}
from subscribers
where clinic_id = :clinic and subscriber_id = :subscriber_id and deleted_at is null;

-- name: insert
-- A new subscriber, with where it stands: it is told what is done from now on.
with made as (
    insert into subscribers (
        clinic_id, subscriber_id, url, types, consent_required, secret, created_at, created_by
    )
    values (:clinic, :subscriber_id, :url, :types, :consent_required, :secret, :created_at, :created_by)
)

insert into subscriber_heads (clinic_id, subscriber_id, read_seq)
select :clinic, :subscriber_id, seq from audit_heads
where clinic_id = :clinic;

-- name: list
select {columns}
from subscribers
where clinic_id = :clinic and subscriber_id < :before and deleted_at is null
order by subscriber_id desc
limit :limit;

-- name: lock
select {columns}
from subscribers
where clinic_id = :clinic and subscriber_id = :subscriber_id and deleted_at is null
for no key update;

-- name: may_send
-- Whether a notice about somebody may leave now, and the consent that is in force on a day.
select
    s.status = 'active' and s.deleted_at is null as active,
    (
        select c.consent_id from consents as c
        where c.clinic_id = s.clinic_id and c.subscriber_id = s.subscriber_id and c.participant_id = :participant_id
            and c.revoked_at is null and (c.expires_on is null or c.expires_on >= :day)
        limit 1
    ) as consent_id
from subscribers as s
where s.clinic_id = :clinic and s.subscriber_id = :subscriber_id;

-- name: rotate
update subscribers
set old_secret = secret, old_secret_until = :old_secret_until, secret = :secret, revision = revision + 1
where clinic_id = :clinic and subscriber_id = :subscriber_id;
