-- The old secret is believed too until $4.
update sources set old_secret = secret, old_secret_until = $4, secret = $3, revision = revision + 1
where clinic_id = $1 and source_id = $2
