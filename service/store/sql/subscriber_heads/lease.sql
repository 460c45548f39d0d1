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
    s.url, s.types, s.consent_required, s.status, s.secret, s.old_secret, s.old_secret_until, s.revision, c.zone
