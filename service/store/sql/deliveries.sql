-- part: columns
-- A delivery `d` with what was tried and when it is tried again.
d.delivery_id, d.subscriber_id, d.sequence, d.created_at, d.type, d.participant_id, d.status, r.due_at,
tried.ats, tried.outcomes, tried.statuses, tried.took, tried.answers;

-- part: joins
-- The attempts at a delivery `d`, and what says that it is tried again.
cross join lateral (
    select
        array_agg(a.at order by a.at, a.attempt_no) as ats,
        array_agg(a.outcome order by a.at, a.attempt_no) as outcomes,
        array_agg(a.status order by a.at, a.attempt_no) as statuses,
        array_agg(a.took_ms order by a.at, a.attempt_no) as took,
        array_agg(a.answer order by a.at, a.attempt_no) as answers
    from attempts as a
    where
        a.clinic_id = :clinic
        and a.subscriber_id = :subscriber_id
        and a.sequence = d.sequence
        and a.at >= d.created_at
) as tried
left join lateral (
    select retries.due_at from retries
    where retries.clinic_id = :clinic and retries.subscriber_id = :subscriber_id and retries.sequence = d.sequence
    offset 0
) as r on true;

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
-- Deliveries to a subscriber below a number, newest first; with :delivery_id that one alone.
select {columns}
from (
    select * from deliveries
    where
        clinic_id = :clinic and subscriber_id = :subscriber_id and sequence < :before
        and (:since::timestamptz is null or created_at >= :since)
        and (:delivery_id::uuid is null or delivery_id = :delivery_id)
    order by sequence desc
    limit :limit
) as d
{joins}
order by d.sequence desc;

-- name: list_of_status
-- Those of which one thing became.
select {columns}
from (
    select * from deliveries
    where
        clinic_id = :clinic and subscriber_id = :subscriber_id and status >= :status
        and (status, sequence) < (:status, :before)
        and (:since::timestamptz is null or created_at >= :since)
        and (:type::text is null or type = :type)
    order by status desc, sequence desc
    limit :limit
) as d
{joins}
order by d.sequence desc;

-- name: list_of_type
-- Those of one type.
select {columns}
from (
    select * from deliveries
    where
        clinic_id = :clinic and subscriber_id = :subscriber_id and type >= :type
        and (type, sequence) < (:type, :before)
        and (:since::timestamptz is null or created_at >= :since)
    order by type desc, sequence desc
    limit :limit
) as d
{joins}
order by d.sequence desc;

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

-- name: await_again
-- What begins anew waits: what :replay has put among what is to be tried now.
update deliveries as d set status = 'waiting'
from (
    select sequence, created_at from retries
    where
        retries.clinic_id = :clinic and retries.subscriber_id = :subscriber_id and retries.attempts = 0
        and retries.born_at = :now
) as r
where
    d.clinic_id = :clinic and d.subscriber_id = :subscriber_id and d.sequence = r.sequence
    and d.created_at = r.created_at and d.status <> 'waiting';

-- name: settle
-- What became of deliveries that were tried. Where one is tried again it failed, or it waits where it begins anew, as
-- somebody asked meanwhile.
update deliveries as d
set status = case when r.sequence is null then one.status when r.attempts > 0 then 'failed' else 'waiting' end
from unnest(:sequence::bigint[], :created_at::timestamptz[], :status::text[]) as one (sequence, created_at, status)
left join lateral (
    select retries.sequence, retries.attempts from retries
    where retries.clinic_id = :clinic and retries.subscriber_id = :subscriber_id and retries.sequence = one.sequence
    offset 0
) as r on true
where
    d.clinic_id = :clinic and d.subscriber_id = :subscriber_id and d.sequence = one.sequence
    and d.created_at = one.created_at;

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
