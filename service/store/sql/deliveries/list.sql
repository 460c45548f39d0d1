-- Deliveries to a subscriber below a number, newest first, each with its attempts and what becomes of it.
-- $1 clinic, $2 subscriber, $3 number, $4 limit, $5 status, $6 type, $7 since, $8 the delivery's id, or none.
select
    d.delivery_id, d.subscriber_id, d.sequence, d.created_at, d.type, d.participant_id, d.status, d.due_at,
    d.ats, d.outcomes, d.statuses, d.took, d.answers
from (
    select
        own.*, tried.*, r.due_at,
        case
            when r.sequence is not null and tried.last is not null and r.attempts > 0 then 'failed'
            when r.sequence is not null or tried.last is null then 'waiting'
            when tried.last = 'delivered' then 'delivered'
            when tried.last = 'withheld' then 'withheld'
            else 'dead'
        end as status
    from deliveries as own
    cross join lateral (
        select
            array_agg(a.at order by a.at, a.attempt_no) as ats,
            array_agg(a.outcome order by a.at, a.attempt_no) as outcomes,
            array_agg(a.status order by a.at, a.attempt_no) as statuses,
            array_agg(a.took_ms order by a.at, a.attempt_no) as took,
            array_agg(a.answer order by a.at, a.attempt_no) as answers,
            (array_agg(a.outcome order by a.at desc, a.attempt_no desc))[1] as last
        from attempts as a
        where
            a.clinic_id = $1 and a.subscriber_id = $2 and a.sequence = own.sequence and a.at >= own.created_at
    ) as tried
    left join retries as r
        on r.clinic_id = $1 and r.subscriber_id = $2 and own.sequence = r.sequence
    where
        own.clinic_id = $1
        and own.subscriber_id = $2
        and own.sequence < $3
        and ($6::text is null or own.type = $6)
        and ($7::timestamptz is null or own.created_at >= $7)
        and ($8::uuid is null or own.delivery_id = $8)
    order by own.sequence desc
) as d
where $5::text is null or d.status = $5
order by d.sequence desc
limit $4
