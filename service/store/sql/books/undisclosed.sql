-- What was delivered about a participant and is not among what was disclosed of them.
select d.delivery_id, d.participant_id
from deliveries as d
where
    d.clinic_id = $1
    and d.participant_id is not null
    and exists (
        select from attempts as a
        where
            a.clinic_id = $1 and a.subscriber_id = d.subscriber_id and a.sequence = d.sequence
            and a.at >= d.created_at and a.outcome = 'delivered'
    )
except
select delivery_id, participant_id from disclosures
where clinic_id = $1
