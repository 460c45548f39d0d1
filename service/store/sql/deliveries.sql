-- name: find
select subscriber_id, sequence from deliveries
where clinic_id = :clinic and delivery_id = :delivery_id;

-- name: insert
insert into deliveries (
    clinic_id, subscriber_id, created_at, sequence, delivery_id, type, participant_id, body
)
select :clinic, :subscriber_id, :now, d.sequence, d.delivery_id, d.type, d.participant_id, d.body
from unnest(:sequence::bigint[], :delivery_id::uuid[], :type::text[], :participant_id::uuid[], :body::bytea[])
    as d (sequence, delivery_id, type, participant_id, body);

-- name: list
-- Deliveries to a subscriber below a number, newest first, each with its attempts and what becomes of it. As many as
-- are shown are read, unless it is asked for a status, which is worked out from the attempts.
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
    from (
        select delivery_id, subscriber_id, sequence, created_at, type, participant_id
        from deliveries
        where
            clinic_id = :clinic
            and subscriber_id = :subscriber_id
            and sequence < :before
            and (:type::text is null or type = :type)
            and (:since::timestamptz is null or created_at >= :since)
            and (:delivery_id::uuid is null or delivery_id = :delivery_id)
        order by sequence desc
        limit case when :status::text is null then :limit::bigint end
    ) as own
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
            a.clinic_id = :clinic
            and a.subscriber_id = :subscriber_id
            and a.sequence = own.sequence
            and a.at >= own.created_at
    ) as tried
    left join lateral (
        select retries.sequence, retries.attempts, retries.due_at from retries
        where retries.clinic_id = :clinic and retries.subscriber_id = :subscriber_id and retries.sequence = own.sequence
        offset 0
    ) as r on true
) as d
where :status::text is null or d.status = :status
order by d.sequence desc
limit :limit;

-- name: replay
-- Send again what was queued for a subscriber in a stretch of time; with :undelivered_only only what was not
-- delivered. What was never tried is on its way already.
insert into retries (clinic_id, subscriber_id, sequence, created_at, attempts, born_at, due_at)
select :clinic, :subscriber_id, d.sequence, d.created_at, 0, :now, :now
from deliveries as d
cross join lateral (
    select a.outcome from attempts as a
    where
        a.clinic_id = :clinic
        and a.subscriber_id = :subscriber_id
        and a.sequence = d.sequence
        and a.at >= d.created_at
    order by a.at desc, a.attempt_no desc
    limit 1
) as last
where
    d.clinic_id = :clinic
    and d.subscriber_id = :subscriber_id
    and d.created_at >= :since
    and (:until::timestamptz is null or d.created_at < :until)
    and (not :undelivered_only or last.outcome <> 'delivered')
on conflict (clinic_id, subscriber_id, sequence) do update
set attempts = 0, born_at = excluded.born_at, due_at = excluded.due_at;

-- name: untried
-- What was numbered and never tried: after a crash, or while the subscriber was disabled. An attempt is hardly
-- older than its delivery, whatever the clocks of two workers say.
select d.sequence, d.created_at, d.delivery_id, d.type, d.participant_id, d.body
from deliveries as d
where
    d.clinic_id = :clinic and d.subscriber_id = :subscriber_id and d.sequence > :after and d.sequence <= :up_to
    and not exists (
        select from attempts as a
        where a.clinic_id = d.clinic_id and a.subscriber_id = d.subscriber_id and a.sequence = d.sequence
            and a.at > d.created_at - interval '1 day'
    )
order by d.sequence
limit :limit;
