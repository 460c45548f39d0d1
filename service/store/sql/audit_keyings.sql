-- name: insert
-- A change of the audit key, written once for each key that it is changed to.
insert into audit_keyings (clinic_id, audit_keying_id, at, key, audit_check)
values (:clinic, :audit_keying_id, :now, :key, :audit_check)
on conflict (clinic_id, audit_check) do nothing
returning audit_keying_id;

-- name: list
-- Every change of the audit key, the first one first.
select audit_keying_id, at, key, audit_check
from audit_keyings
where clinic_id = :clinic
order by at, audit_keying_id;
