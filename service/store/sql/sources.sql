-- name: change
update sources set name = $3, mapping = $4, revision = revision + 1
where clinic_id = $1 and source_id = $2;

-- name: clinic
-- The clinic of a source; asked before it is known which clinic the request is about.
select clinic_of_source($1);

-- name: find
select
    source_id, name, verifier, mapping, secret, old_secret, old_secret_until, revision, created_at, created_by,
    deleted_at
from sources
where clinic_id = $1 and source_id = $2;

-- name: insert
insert into sources (clinic_id, source_id, name, verifier, mapping, secret, created_at, created_by)
values ($1, $2, $3, $4, $5, $6, $7, $8);

-- name: list
-- Sources made before $2 that were not deleted, newest first.
select
    source_id, name, verifier, mapping, secret, old_secret, old_secret_until, revision, created_at, created_by,
    deleted_at
from sources
where clinic_id = $1 and source_id < $2 and deleted_at is null
order by source_id desc
limit $3;

-- name: lock
-- A source that is about to be changed.
select
    source_id, name, verifier, mapping, secret, old_secret, old_secret_until, revision, created_at, created_by,
    deleted_at
from sources
where clinic_id = $1 and source_id = $2
for update;

-- name: remove
update sources set deleted_at = $3
where clinic_id = $1 and source_id = $2 and deleted_at is null;

-- name: rotate
-- The old secret is believed too until $4.
update sources set old_secret = secret, old_secret_until = $4, secret = $3, revision = revision + 1
where clinic_id = $1 and source_id = $2;
