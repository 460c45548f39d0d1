-- part: columns
identifier_id, participant_id, system, value, starts_on, ends_on, twin;

-- name: end
update identifiers set ends_on = :ends_on
where clinic_id = :clinic and identifier_id = :identifier_id;

-- name: find
-- One of a participant's identifiers that was not withdrawn.
select {columns}
from identifiers
where
    clinic_id = :clinic and participant_id = :participant_id and identifier_id = :identifier_id
    and withdrawn_at is null;

-- name: held
-- Who has a number, by its key, with the identifier; of twins, all.
select {columns}
from identifiers
where clinic_id = :clinic and key = :key and withdrawn_at is null
order by identifier_id;

-- name: holders
-- The one look-up of people by numbers; recording events does the same while it locks (enrollments/lock). Twins are
-- told apart letter by letter, and where charts were merged the number leads to the one that goes on.
select asked.number, (
    select coalesce(p.survivor_id, p.participant_id) from participants as p
    where p.clinic_id = :clinic and p.participant_id = found.participant_id
) as participant_id
from unnest(:numbers::text[], :keys::text[]) as asked (number, key)
cross join lateral (
    select participant_id from identifiers
    where
        clinic_id = :clinic and identifiers.key = asked.key and withdrawn_at is null
        and (twin is null or value = btrim(asked.number))
    offset 0
) as found;

-- name: insert
insert into identifiers (
    clinic_id, identifier_id, participant_id, system, value, key, near, starts_on, ends_on, created_at, created_by
)
values (
    :clinic, :identifier_id, :participant_id, :system, :value, :key, :near, :starts_on, :ends_on, :created_at,
    :created_by
);

-- name: near
-- Whose numbers may be the same ones but for a slip, in any system; of merged charts, whom they lead to.
select (
    select coalesce(p.survivor_id, p.participant_id) from participants as p
    where p.clinic_id = :clinic and p.participant_id = found.participant_id
) as participant_id
from unnest(:nears::text[]) as asked (near)
cross join lateral (
    select participant_id from identifiers
    where clinic_id = :clinic and identifiers.near = asked.near and withdrawn_at is null
    limit :limit
) as found;

-- name: rewrite
-- The same number, written otherwise.
update identifiers set value = :value, near = :near
where clinic_id = :clinic and identifier_id = :identifier_id;

-- name: withdraw
update identifiers set withdrawn_at = :now
where clinic_id = :clinic and identifier_id = :identifier_id;
