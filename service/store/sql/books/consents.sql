-- Every consent beside what the audit trail says of its giving and revoking.
select
    c.consent_id, c.participant_id, c.subscriber_id, c.purpose, c.expires_on, c.revoked_at, c.revoked_by,
    g.participant_id as told_of, g.detail as told, r.at as told_revoked_at, r.actor_id as told_revoked_by
from consents as c
left join (
    select subject_id, participant_id, detail from audit
    where clinic_id = $1 and deed = 'consent.given'
) as g on c.consent_id = g.subject_id
left join (
    select subject_id, at, actor_id from audit
    where clinic_id = $1 and deed = 'consent.revoked'
) as r on c.consent_id = r.subject_id
where c.clinic_id = $1
order by c.consent_id
