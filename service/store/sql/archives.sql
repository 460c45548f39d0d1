-- What an archive of one clinic is made of, and what it needs when it comes in.

-- name: charts
-- All charts of somebody's, merged ones among them.
select p.participant_id from participants as p
inner join participants as o on p.clinic_id = o.clinic_id
where
    o.clinic_id = :clinic and o.participant_id = :participant_id
    and coalesce(p.survivor_id, p.participant_id) = coalesce(o.survivor_id, o.participant_id);

-- name: facts
-- The facts of some recordings, with their digests.
select recording_id, recorded_at, event_id, digest from events
where clinic_id = :clinic and recording_id = any(:recordings::uuid[]);

-- name: references
-- Which table refers to which.
select distinct c.relname as name, l.relname as leads_to
from pg_constraint as k
inner join pg_class as c on k.conrelid = c.oid
inner join pg_class as l on k.confrelid = l.oid
where k.contype = 'f' and c.relnamespace = 'public'::regnamespace and not c.relispartition;

-- name: tables
-- The tables of clinics, by what their rows are told apart, and their columns of bytes.
select
    c.relname as name,
    array(
        select a.attname::text from unnest(i.indkey::smallint[]) with ordinality as k (attnum, place)
        join pg_attribute as a on a.attrelid = c.oid and a.attnum = k.attnum
        order by k.place
    ) as key,
    array(
        select b.attname::text from pg_attribute as b
        where b.attrelid = c.oid and b.atttypid = 'bytea'::regtype and not b.attisdropped
        order by b.attnum
    ) as columns
from pg_class as c
left join pg_index as i on c.oid = i.indrelid and i.indisprimary
where
    c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
    and exists (
        select from pg_attribute as o where o.attrelid = c.oid and o.attname = 'clinic_id' and not o.attisdropped
    )
order by c.relname;
