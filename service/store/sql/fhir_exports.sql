-- part: columns
export_id, asked_at, asked_by, role, request, kinds, since, kinds_done, place, files, resources, done_at, fault,
expires_at;

-- name: expire
-- Exports whose time is over; their files go with them.
delete from fhir_exports
where clinic_id = :clinic and expires_at <= :now;

-- name: file
select kind, resources, people, body from fhir_export_files
where clinic_id = :clinic and export_id = :export_id and file_no = :file_no;

-- name: files
select file_no, kind, resources from fhir_export_files
where clinic_id = :clinic and export_id = :export_id
order by file_no;

-- name: find
select {columns}
from fhir_exports
where clinic_id = :clinic and export_id = :export_id and expires_at > :now;

-- name: insert
insert into fhir_exports (clinic_id, export_id, asked_at, asked_by, role, request, kinds, since, expires_at)
values (:clinic, :export_id, :now, :asked_by, :role, :request, :kinds, :since, :expires_at);

-- name: lock
-- Keeps other exports of the clinic from being begun until the transaction ends.
select pg_advisory_xact_lock(hashtextextended((:clinic::uuid)::text, 218));

-- name: next
-- The next export to go on with, which no other worker has in hand.
select {columns}
from fhir_exports
where clinic_id = :clinic and done_at is null and expires_at > :now
order by export_id
limit 1
for update skip locked;

-- name: note
update fhir_exports
set
    kinds_done = :kinds_done, place = :place, files = :files, resources = :resources, done_at = :done_at,
    fault = :fault
where clinic_id = :clinic and export_id = :export_id;

-- name: put_file
insert into fhir_export_files (clinic_id, export_id, file_no, kind, resources, people, body)
values (:clinic, :export_id, :file_no, :kind, :resources, :people, :body);

-- name: remove
delete from fhir_exports
where clinic_id = :clinic and export_id = :export_id
returning export_id;

-- name: under_way
select count(*) from fhir_exports
where clinic_id = :clinic and done_at is null and expires_at > :now;
