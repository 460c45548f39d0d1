-- name: consents
-- Every consent beside what the audit trail says of its giving and revoking.
select
    c.consent_id, c.participant_id, c.subscriber_id, c.purpose, c.expires_on, c.revoked_at, c.revoked_by, c.kind,
    c.information, c.recipient, c.ends_when, c.how_to_revoke, c.signed_name, c.signed_on, c.signature,
    g.participant_id as told_of, g.detail as told, r.at as told_revoked_at, r.actor_id as told_revoked_by
from consents as c
left join (
    select subject_id, participant_id, detail from audit
    where clinic_id = :clinic and deed = 'consent.given'
) as g on c.consent_id = g.subject_id
left join (
    select subject_id, at, actor_id from audit
    where clinic_id = :clinic and deed = 'consent.revoked'
) as r on c.consent_id = r.subject_id
where c.clinic_id = :clinic
order by c.consent_id;

-- name: deliveries
-- Every delivery in the order of its subscriber's numbers, beside where the subscriber stands.
select
    d.subscriber_id, d.sequence, d.delivery_id, d.type, d.participant_id, d.body, h.sequence as last_sequence
from deliveries as d
left join subscriber_heads as h on h.clinic_id = :clinic and d.subscriber_id = h.subscriber_id
where d.clinic_id = :clinic
order by d.subscriber_id, d.sequence;

-- name: disclosures
-- Disclosures under a consent, beside that consent, and those to a subscriber that there is not.
select
    d.disclosure_id, d.participant_id, d.subscriber_id, d.consent_id, d.at, s.subscriber_id as told_to,
    c.participant_id as consenting, c.subscriber_id as consented_to, c.given_at
from disclosures as d
left join subscribers as s on s.clinic_id = :clinic and d.subscriber_id = s.subscriber_id
left join consents as c on c.clinic_id = :clinic and d.consent_id = c.consent_id
where d.clinic_id = :clinic
order by d.disclosure_id;

-- name: notices
-- The log, each row beside the entry of the audit trail that numbers it.
select n.seq, n.at, n.body, a.at as told_at
from notices as n
left join audit as a on a.clinic_id = :clinic and n.seq = a.seq
where n.clinic_id = :clinic
order by n.seq;

-- name: subscribers
-- Every subscriber with where it stands, what is kept for it, and the end of the audit trail, which numbers the log.
select
    s.subscriber_id, s.url, s.secret, s.old_secret, h.read_seq, h.sequence, k.seq as last_seq,
    (
        select max(d.sequence) from deliveries as d
        where d.clinic_id = :clinic and d.subscriber_id = s.subscriber_id
    ) as kept
from subscribers as s
left join subscriber_heads as h on h.clinic_id = :clinic and s.subscriber_id = h.subscriber_id
left join audit_heads as k on k.clinic_id = :clinic
where s.clinic_id = :clinic
order by s.subscriber_id;

-- name: undisclosed
-- What was delivered about a participant and is not among what was disclosed of them.
select d.delivery_id, d.participant_id
from deliveries as d
where
    d.clinic_id = :clinic
    and d.participant_id is not null
    and exists (
        select from attempts as a
        where
            a.clinic_id = :clinic and a.subscriber_id = d.subscriber_id and a.sequence = d.sequence
            and a.at >= d.created_at and a.outcome = 'delivered'
    )
except
select delivery_id, participant_id from disclosures
where clinic_id = :clinic;
