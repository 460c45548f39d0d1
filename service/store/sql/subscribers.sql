-- name: change
update subscribers
set
    url = $3, types = $4, consent_required = $5, status = $6, disabled_why = $7, disabled_at = $8,
    revision = revision + 1
where clinic_id = $1 and subscriber_id = $2;

-- name: delete
update subscribers
set deleted_at = $3, revision = revision + 1
where clinic_id = $1 and subscriber_id = $2;

-- name: disable
update subscribers
set status = 'disabled', disabled_why = $3, disabled_at = $4, revision = revision + 1
where clinic_id = $1 and subscriber_id = $2 and status = 'active'
returning revision;

-- name: due
select clinic_id, subscriber_id, silences from subscribers_due($1, $2);

-- name: find
select
    subscriber_id, url, types, consent_required, status, disabled_why, disabled_at, secret, old_secret_until,
    revision, created_at, created_by
from subscribers
where clinic_id = $1 and subscriber_id = $2 and deleted_at is null;

-- name: insert
-- A new subscriber, with where it stands: it is told what is done from now on.
with made as (
    insert into subscribers (
        clinic_id, subscriber_id, url, types, consent_required, secret, created_at, created_by
    )
    values ($1, $2, $3, $4, $5, $6, $7, $8)
)

insert into subscriber_heads (clinic_id, subscriber_id, read_seq)
select $1, $2, seq from audit_heads
where clinic_id = $1;

-- name: list
select
    subscriber_id, url, types, consent_required, status, disabled_why, disabled_at, secret, old_secret_until,
    revision, created_at, created_by
from subscribers
where clinic_id = $1 and subscriber_id < $2 and deleted_at is null
order by subscriber_id desc
limit $3;

-- name: lock
select
    subscriber_id, url, types, consent_required, status, disabled_why, disabled_at, secret, old_secret_until,
    revision, created_at, created_by
from subscribers
where clinic_id = $1 and subscriber_id = $2 and deleted_at is null
for no key update;

-- name: may_send
-- Whether a notice about somebody may leave now, and the consent that is in force on a day.
select
    s.status = 'active' and s.deleted_at is null as active,
    (
        select c.consent_id from consents as c
        where c.clinic_id = s.clinic_id and c.subscriber_id = s.subscriber_id and c.participant_id = $3
            and c.revoked_at is null and (c.expires_on is null or c.expires_on >= $4)
        limit 1
    ) as consent_id
from subscribers as s
where s.clinic_id = $1 and s.subscriber_id = $2;

-- name: rotate
update subscribers
set old_secret = secret, old_secret_until = $4, secret = $3, revision = revision + 1
where clinic_id = $1 and subscriber_id = $2;
