-- End the sessions of somebody in care.
update sessions set revoked_at = $3
where clinic_id = $1 and participant_id = $2 and revoked_at is null and ends_at > $3
