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
where s.clinic_id = $1 and s.subscriber_id = $2
