-- How it stands with every subscriber of a clinic, which has a few: what it was last heard of, and how many notices
-- wait, counted up to a limit. $1 clinic, $2 limit.
select
    s.subscriber_id, h.circuit, h.silences, h.paused_until, h.sequence, w.waiting, w.failing, w.oldest
from subscribers as s
inner join subscriber_heads as h on s.clinic_id = h.clinic_id and s.subscriber_id = h.subscriber_id
cross join lateral (
    select
        count(*)::integer as waiting,
        (count(*) filter (where own.attempts > 0))::integer as failing,
        min(own.created_at) as oldest
    from (
        select attempts, created_at from retries
        where retries.clinic_id = $1 and retries.subscriber_id = s.subscriber_id
        order by due_at
        limit $2
    ) as own
) as w
where s.clinic_id = $1 and s.deleted_at is null
