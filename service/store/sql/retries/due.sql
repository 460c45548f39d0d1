-- What is to be tried again by now, save what is in hand; its delivery may be gone with its week.
select r.sequence, r.attempts, r.born_at, r.created_at, d.delivery_id, d.type, d.participant_id, d.body
from (
    select clinic_id, subscriber_id, sequence, created_at, attempts, born_at, due_at from retries
    where clinic_id = $1 and subscriber_id = $2 and due_at <= $3 and sequence <> all($4::bigint[])
    order by due_at, sequence
    limit $5
) as r
left join deliveries as d
    on r.clinic_id = d.clinic_id and r.subscriber_id = d.subscriber_id and r.sequence = d.sequence
    and r.created_at = d.created_at
order by r.due_at, r.sequence
