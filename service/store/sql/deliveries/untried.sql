-- What was numbered and never tried: after a crash, or while the subscriber was disabled. An attempt is hardly
-- older than its delivery, whatever the clocks of two workers say.
select d.sequence, d.created_at, d.delivery_id, d.type, d.participant_id, d.body
from deliveries as d
where
    d.clinic_id = $1 and d.subscriber_id = $2 and d.sequence > $3 and d.sequence <= $4
    and not exists (
        select from attempts as a
        where a.clinic_id = d.clinic_id and a.subscriber_id = d.subscriber_id and a.sequence = d.sequence
            and a.at > d.created_at - interval '1 day'
    )
order by d.sequence
limit $5
