-- The place of the audit trail's last entry.
-- $1 clinic.
select seq
from audit_heads
where clinic_id = $1
