-- Sources made before $2 that were not deleted, newest first.
select
    source_id, name, verifier, mapping, secret, old_secret, old_secret_until, revision, created_at, created_by,
    deleted_at
from sources
where clinic_id = $1 and source_id < $2 and deleted_at is null
order by source_id desc
limit $3
