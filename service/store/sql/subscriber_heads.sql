-- name: advance
-- What the log was read up to, and the last number that was given.
update subscriber_heads
set read_seq = $3, read_at = greatest(read_at, $4), sequence = $5
where clinic_id = $1 and subscriber_id = $2;

-- name: lease
-- Takes the lease of a subscriber that nobody else has, or keeps it; $3 is the worker, $4 now, $5 the lease's end.
update subscriber_heads as h
set leased_by = $3, leased_until = $5
from subscribers as s
inner join clinics as c on s.clinic_id = c.clinic_id
where
    h.clinic_id = $1 and h.subscriber_id = $2
    and s.clinic_id = h.clinic_id and s.subscriber_id = h.subscriber_id
    and s.deleted_at is null
    and (h.leased_by = $3 or h.leased_until is null or h.leased_until <= $4)
returning
    h.read_seq, h.sequence, h.tried_sequence, h.circuit, h.silences, h.pause_s, h.open_s, h.paused_until,
    s.url, s.types, s.consent_required, s.status, s.secret, s.old_secret, s.old_secret_until, s.revision, c.zone;

-- name: refresh
-- Forget what a receiver was paused for: it is tried again at once.
update subscriber_heads
set paused_until = null, circuit = 'closed', silences = 0, pause_s = 0, open_s = 0
where clinic_id = $1 and subscriber_id = $2;

-- name: settle
-- What its deliverer knows of a subscriber now; $5 the lease's end, null where it is given back. Gives the revision
-- of the subscriber, unless it is deleted.
update subscriber_heads as h
set
    tried_sequence = greatest(h.tried_sequence, $4), circuit = $6, silences = $7, pause_s = $8, open_s = $9,
    paused_until = $10, leased_until = $5, leased_by = case when $5::timestamptz is not null then $3 end
from subscribers as s
where
    h.clinic_id = $1 and h.subscriber_id = $2 and h.leased_by = $3
    and s.clinic_id = h.clinic_id and s.subscriber_id = h.subscriber_id
returning case when s.deleted_at is null then s.revision end;

-- name: standing
-- How it stands with every subscriber of a clinic, which has a few: what it was last heard of, and how many notices
-- wait, counted up to a limit. $1 clinic, $2 limit.
select
    s.subscriber_id, h.circuit, h.silences, h.sequence, w.waiting, w.failing, w.oldest
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
where s.clinic_id = $1 and s.deleted_at is null;
