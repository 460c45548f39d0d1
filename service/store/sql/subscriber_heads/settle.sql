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
returning case when s.deleted_at is null then s.revision end
