-- The audit trail from its first entry.
select seq, at, actor_id, role, deed, subject_id, participant_id, detail, digest, hash
from audit
where clinic_id = $1
order by seq
