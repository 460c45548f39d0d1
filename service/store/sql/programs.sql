-- part: columns
name, version, digest, document, published_at;

-- name: document
select document from programs
where clinic_id = :clinic and name = :name and version = :version;

-- name: find
select {columns}
from programs
where clinic_id = :clinic and name = :name and version = :version;

-- name: insert
insert into programs (clinic_id, name, version, digest, document, published_at, published_by)
values (:clinic, :name, :version, :digest, :document, :published_at, :published_by);

-- name: latest
select {columns}
from programs
where clinic_id = :clinic and name = :name
order by version desc
limit 1;

-- name: list
-- Every program in its latest version, by name.
select distinct on (name) {columns}
from programs
where clinic_id = :clinic and name > :after
order by name, version desc
limit :limit;

-- name: lock
-- One publication of a program at a time, so that two at once are given two version numbers.
select pg_advisory_xact_lock(hashtextextended(:clinic::uuid::text || :name::text, 0));

-- name: names
select distinct name from programs
where clinic_id = :clinic
order by name;

-- name: versions
-- Every version of one program, newest first.
select version, digest, published_at
from programs
where clinic_id = :clinic and name = :name
order by version desc
limit :limit;
