-- End the sessions of a member of staff, all but one of them where it is named.
update sessions set revoked_at = $3
where clinic_id = $1 and staff_id = $2 and revoked_at is null and ends_at > $3 and session_id is distinct from $4
returning session_id
