-- part: columns
source_id, name, verifier, mapping, secret, old_secret, old_secret_until, revision, created_at, created_by,
deleted_at;

-- name: change
update sources set name = :name, mapping = :mapping, revision = revision + 1
where clinic_id = :clinic and source_id = :source_id;

-- name: clinic
-- The clinic of a source; asked before it is known which clinic the request is about.
select clinic_of_source(:source_id);

-- name: find
select {columns}
from sources
where clinic_id = :clinic and source_id = :source_id;

-- name: insert
insert into sources (clinic_id, source_id, name, verifier, mapping, secret, created_at, created_by)
values (:clinic, :source_id, :name, :verifier, :mapping, :secret, :created_at, :created_by);

-- name: list
-- Sources made before :before that were not deleted, newest first.
select {columns}
from sources
where clinic_id = :clinic and source_id < :before and deleted_at is null
order by source_id desc
limit :limit;

-- name: lock
-- A source that is about to be changed.
select {columns}
from sources
where clinic_id = :clinic and source_id = :source_id
for update;

-- name: remove
update sources set deleted_at = :now
where clinic_id = :clinic and source_id = :source_id and deleted_at is null;

-- name: rotate
-- The old secret is believed too until :old_secret_until.
update sources set old_secret = secret, old_secret_until = :old_secret_until, secret = :secret, revision = revision + 1
where clinic_id = :clinic and source_id = :source_id;
