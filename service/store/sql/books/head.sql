-- The end of the audit chain.
select seq, hash
from audit_heads
where clinic_id = $1
