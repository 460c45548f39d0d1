-- Where a clinic is not served, for it moves to another database or has moved. The owner writes these.

-- name: begin
insert into clinic_moves (clinic_id, step, place, at)
values (:clinic_id, :step, :place, transaction_timestamp());

-- name: end
delete from clinic_moves
where clinic_id = :clinic_id and step = :step
returning place;

-- name: forget_keys
-- Every process that keeps the clinic's keys looks them up anew, and the streams that go on under its sessions.
select pg_notify('keys_revoked', key_id::text) from keys
where clinic_id = :clinic_id and revoked_at is null;

-- name: origins
-- Where the trail ended in the databases that the clinic came from, the last of them first.
select (detail::json ->> 'seq')::bigint as seq, detail::json ->> 'hash' as hash from audit
where clinic_id = :clinic_id and deed = 'clinic.imported'
order by audit.seq desc;

-- name: standing
-- How far its move is, and where its trail stands.
select c.name, m.step, m.place, h.seq, encode(h.hash, 'hex') as hash
from clinics as c
inner join audit_heads as h on c.clinic_id = h.clinic_id
left join clinic_moves as m on c.clinic_id = m.clinic_id
where c.clinic_id = :clinic_id;

-- name: turn
update clinic_moves set step = 'left', at = transaction_timestamp()
where clinic_id = :clinic_id and step = 'leaving'
returning place;

-- name: writers
-- The transactions that may be writing now: whoever takes a table's lock later sees what was committed before this look.
select distinct l.pid, l.virtualtransaction as name
from pg_locks as l
inner join pg_class as c on l.relation = c.oid
where
    l.locktype = 'relation' and l.granted and l.pid <> pg_backend_pid()
    and l.database = (select d.oid from pg_database as d where d.datname = current_database())
    and c.relnamespace = 'public'::regnamespace
    and l.mode in ('RowExclusiveLock', 'ShareRowExclusiveLock', 'ExclusiveLock', 'AccessExclusiveLock');
