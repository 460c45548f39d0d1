-- Every subscriber with where it stands, what is kept for it, and the end of the audit trail, which numbers the log.
select
    s.subscriber_id, s.url, s.secret, s.old_secret, h.read_seq, h.sequence, k.seq as last_seq,
    (
        select max(d.sequence) from deliveries as d
        where d.clinic_id = $1 and d.subscriber_id = s.subscriber_id
    ) as kept
from subscribers as s
left join subscriber_heads as h on h.clinic_id = $1 and s.subscriber_id = h.subscriber_id
left join audit_heads as k on k.clinic_id = $1
where s.clinic_id = $1
order by s.subscriber_id
