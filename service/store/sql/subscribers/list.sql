select
    subscriber_id, url, types, consent_required, status, disabled_why, disabled_at, secret, old_secret_until,
    revision, created_at, created_by
from subscribers
where clinic_id = $1 and subscriber_id < $2 and deleted_at is null
order by subscriber_id desc
limit $3
