-- part: columns
-- A group `g`, with how many people are in it now.
g.group_id, g.name_en, g.name_es, g.programs, g.targets, g.weekdays, g.begins, g.minutes, g.leader_id, g.active,
g.revision, g.created_at, g.created_by, (
    select count(*) from group_members as m
    where m.clinic_id = :clinic and m.group_id = g.group_id and m.left_at is null
) as members;

-- name: change
update groups
set
    name_en = :name_en, name_es = :name_es, programs = :programs::text[], targets = :targets::text[],
    weekdays = :weekdays::smallint[], begins = :begins::time[], minutes = :minutes::smallint[],
    leader_id = :leader_id, active = :active, revision = revision + 1
where clinic_id = :clinic and group_id = :group_id;

-- name: find
select {columns}
from groups as g
where g.clinic_id = :clinic and g.group_id = :group_id;

-- name: insert
insert into groups (
    clinic_id, group_id, name_en, name_es, programs, targets, weekdays, begins, minutes, leader_id, created_at,
    created_by
)
values (
    :clinic, :group_id, :name_en, :name_es, :programs::text[], :targets::text[], :weekdays::smallint[],
    :begins::time[], :minutes::smallint[], :leader_id, :now, :created_by
);

-- name: list
-- One page of groups, those that meet no more among them, newest first.
select {columns}
from groups as g
where
    g.clinic_id = :clinic and g.group_id < :before
    and (:active::boolean is null or g.active = :active)
order by g.group_id desc
limit :limit;

-- name: lock
-- One group, which no other transaction changes, and whose members none adds to, before this one ends.
select {columns}
from groups as g
where g.clinic_id = :clinic and g.group_id = :group_id
for no key update;

-- name: meeting
-- The groups that meet, newest first.
select {columns}
from groups as g
where g.clinic_id = :clinic and g.active
order by g.group_id desc
limit :limit;
