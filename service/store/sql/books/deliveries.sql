-- Every delivery in the order of its subscriber's numbers, beside where the subscriber stands.
select
    d.subscriber_id, d.sequence, d.delivery_id, d.type, d.participant_id, d.body, h.sequence as last_sequence
from deliveries as d
left join subscriber_heads as h on h.clinic_id = $1 and d.subscriber_id = h.subscriber_id
where d.clinic_id = $1
order by d.subscriber_id, d.sequence
