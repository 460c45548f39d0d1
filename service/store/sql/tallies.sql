-- name: look
-- What waits in a clinic, each counted up to a limit: read from partial indexes, heads and small tables, never from the
-- past. `waiting` notices are those not told yet; a line of the log that is not sorted yet counts as one.
select
    n.waiting, n.oldest, n.dead, m.review, m.kept, o.queued, i.running, i.lines, i.lines_done, i.oldest as import_oldest,
    (select count(*) from rewards where clinic_id = :clinic and active and stock = 0)::integer as out_of_stock,
    p.provider_balance, p.providers_low, w.orders_waiting, w.orders_oldest, (
        select count(*) from provider_differences where clinic_id = :clinic and ended_at is null
    )::integer as provider_differences
from (
    select min(balance) as provider_balance, (count(*) filter (where balance < warn_below))::integer as providers_low
    from provider_accounts
    where clinic_id = :clinic and active
) as p
cross join (
    select count(*)::integer as orders_waiting, min(requested_at) as orders_oldest
    from (
        select requested_at from redemptions
        where clinic_id = :clinic and status in ('ordered', 'awaiting_provider', 'awaiting_funds')
        limit :limit
    ) as one
) as w
cross join (
    select
        coalesce(sum(again.count + (h.sequence - h.tried_sequence) + log.count), 0)::bigint as waiting,
        min(least(again.oldest, untried.oldest, log.oldest)) as oldest,
        coalesce(sum(dead.count), 0)::bigint as dead
    from subscriber_heads as h
    inner join subscribers as s
        on h.clinic_id = s.clinic_id and h.subscriber_id = s.subscriber_id
    cross join lateral (
        select count(*) as count, min(created_at) as oldest
        from (
            select created_at from retries
            where retries.clinic_id = :clinic and retries.subscriber_id = h.subscriber_id
            order by sequence
            limit :limit
        ) as one
    ) as again
    left join lateral (
        select created_at as oldest from deliveries
        where
            deliveries.clinic_id = :clinic and deliveries.subscriber_id = h.subscriber_id
            and deliveries.sequence > h.tried_sequence and deliveries.sequence <= h.sequence
        order by sequence
        limit 1
    ) as untried on h.tried_sequence < h.sequence
    cross join lateral (
        select count(*) as count, min(at) as oldest
        from (
            select at from notices
            where notices.clinic_id = :clinic and notices.seq > h.read_seq and notices.at > h.read_at - interval '7 days'
            order by seq
            limit :limit
        ) as one
    ) as log
    cross join lateral (
        select count(*) as count
        from (
            select from deliveries
            where
                deliveries.clinic_id = :clinic and deliveries.subscriber_id = h.subscriber_id
                and deliveries.status = 'dead'
            limit :limit
        ) as one
    ) as dead
    where h.clinic_id = :clinic and s.status = 'active' and s.deleted_at is null
) as n
cross join (
    select
        (
            select count(*) from (
                select from inbound_messages where clinic_id = :clinic and status = 'review'
                order by message_id limit :limit
            ) as one
        )::integer as review,
        (
            select count(*) from (
                select from inbound_messages where clinic_id = :clinic and status = 'kept'
                order by leased_until limit :limit
            ) as one
        )::integer as kept
) as m
cross join (
    select count(*)::integer as queued
    from (select from messages_out where clinic_id = :clinic order by next_at limit :limit) as one
) as o
cross join (
    select
        count(*)::integer as running,
        coalesce(sum(lines), 0)::bigint as lines,
        coalesce(sum(lines_done), 0)::bigint as lines_done,
        min(begun_at) as oldest
    from (
        select lines, lines_done, begun_at from imports
        where clinic_id = :clinic and status in ('previewing', 'running')
        order by import_id
        limit :limit
    ) as one
) as i;
