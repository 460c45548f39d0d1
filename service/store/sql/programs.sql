-- name: document
select document from programs
where clinic_id = $1 and name = $2 and version = $3;

-- name: find
select name, version, digest, document, published_at
from programs
where clinic_id = $1 and name = $2 and version = $3;

-- name: insert
insert into programs (clinic_id, name, version, digest, document, published_at, published_by)
values ($1, $2, $3, $4, $5, $6, $7);

-- name: latest
select name, version, digest, document, published_at
from programs
where clinic_id = $1 and name = $2
order by version desc
limit 1;

-- name: list
-- Every program in its latest version, by name.
select distinct on (name) name, version, digest, document, published_at
from programs
where clinic_id = $1 and name > $2
order by name, version desc
limit $3;

-- name: lock
-- One publication of a program at a time, so that two at once are given two version numbers.
select pg_advisory_xact_lock(hashtextextended($1::uuid::text || $2::text, 0));

-- name: names
select distinct name from programs
where clinic_id = $1
order by name;

-- name: versions
-- Every version of one program, newest first.
select version, digest, published_at
from programs
where clinic_id = $1 and name = $2
order by version desc
limit $3;
