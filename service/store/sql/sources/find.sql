select
    source_id, name, verifier, mapping, secret, old_secret, old_secret_until, revision, created_at, created_by,
    deleted_at
from sources
where clinic_id = $1 and source_id = $2
