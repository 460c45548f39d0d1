-- name: advance
-- What the log was read up to, and the last number that was given.
update subscriber_heads
set read_seq = :read_seq, read_at = greatest(read_at, :read_at), sequence = :sequence
where clinic_id = :clinic and subscriber_id = :subscriber_id;

-- name: lease
-- Takes the lease of a subscriber that nobody else has, or keeps it; :leased_by is the worker.
update subscriber_heads as h
set leased_by = :leased_by, leased_until = :leased_until
from subscribers as s
inner join clinics as c on s.clinic_id = c.clinic_id
where
    h.clinic_id = :clinic and h.subscriber_id = :subscriber_id
    and s.clinic_id = h.clinic_id and s.subscriber_id = h.subscriber_id
    and s.deleted_at is null
    and (h.leased_by = :leased_by or h.leased_until is null or h.leased_until <= :now)
returning
    h.read_seq, h.sequence, h.tried_sequence, h.circuit, h.silences, h.pause_s, h.open_s, h.paused_until,
    s.url, s.types, s.consent_required, s.format,
    exists (
        select from restrictions as r
        where r.clinic_id = :clinic and r.subscriber_id = s.subscriber_id and r.status = 'agreed'
    ) as restricted, s.status, s.secret, s.old_secret, s.old_secret_until, s.revision, c.zone;

-- name: refresh
-- Forget what a receiver was paused for: it is tried again at once.
update subscriber_heads
set paused_until = null, circuit = 'closed', silences = 0, pause_s = 0, open_s = 0
where clinic_id = :clinic and subscriber_id = :subscriber_id;

-- name: settle
-- What its deliverer knows of a subscriber now; :leased_until is null where the lease is given back. Gives the revision
-- of the subscriber, unless it is deleted.
update subscriber_heads as h
set
    tried_sequence = greatest(h.tried_sequence, :tried_sequence), circuit = :circuit, silences = :silences,
    pause_s = :pause_s, open_s = :open_s,
    paused_until = :paused_until, leased_until = :leased_until,
    leased_by = case when :leased_until::timestamptz is not null then :leased_by end
from subscribers as s
where
    h.clinic_id = :clinic and h.subscriber_id = :subscriber_id and h.leased_by = :leased_by
    and s.clinic_id = h.clinic_id and s.subscriber_id = h.subscriber_id
returning case when s.deleted_at is null then s.revision end;

-- name: standing
-- How it stands with every subscriber of a clinic, which has a few: what it was last heard of, and how many notices
-- wait, counted up to a limit.
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
        where retries.clinic_id = :clinic and retries.subscriber_id = s.subscriber_id
        order by due_at
        limit :limit
    ) as own
) as w
where s.clinic_id = :clinic and s.deleted_at is null;
