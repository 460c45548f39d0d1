-- name: insert
insert into group_members (clinic_id, member_id, group_id, participant_id, joined_at, added_by)
values (:clinic, :member_id, :group_id, :participant_id, :now, :added_by);

-- name: leave
-- End the memberships of some charts in one group; gives whose they were.
update group_members
set left_at = :now, removed_by = :removed_by
where
    clinic_id = :clinic and group_id = :group_id and participant_id = any(:charts::uuid[]) and left_at is null
returning member_id;

-- name: now
-- Who is in a group now, by whom their chart leads to, in the order in which they joined.
select m.participant_id as chart_id, p.participant_id, p.display_code, m.joined_at, m.added_by, m.left_at
from (
    select * from group_members
    where clinic_id = :clinic and group_id = :group_id and left_at is null
    order by joined_at, member_id
    offset 0
) as m
cross join lateral (
    select coalesce(c.survivor_id, c.participant_id) as participant_id from participants as c
    where c.clinic_id = :clinic and c.participant_id = m.participant_id
    offset 0
) as led
cross join lateral (
    select participants.participant_id, participants.display_code from participants
    where participants.clinic_id = :clinic and participants.participant_id = led.participant_id
    offset 0
) as p
order by m.joined_at, m.member_id;

-- name: of_participant
-- The groups that somebody is in now and that meet.
select distinct g.group_id, g.name_en, g.name_es, g.weekdays, g.begins, g.minutes
from unnest(:charts::uuid[]) as asked (participant_id)
cross join lateral (
    select group_id from group_members
    where
        group_members.clinic_id = :clinic and group_members.participant_id = asked.participant_id
        and group_members.left_at is null
    offset 0
) as m
cross join lateral (
    select * from groups
    where groups.clinic_id = :clinic and groups.group_id = m.group_id and groups.active
    offset 0
) as g
order by g.group_id;

-- name: seats
-- Who was in a group when a day ended, with every enrollment of theirs that holds on that day in one of some programs.
select p.participant_id, e.enrollment_id, e.program, e.version, e.starts_on, e.funding
from (
    (
        select participant_id, joined_at from group_members
        where clinic_id = :clinic and group_id = :group_id and left_at is null
        offset 0
    )
    union all
    (
        select participant_id, joined_at from group_members
        where clinic_id = :clinic and group_id = :group_id and left_at >= :ended
        offset 0
    )
) as m
cross join lateral (
    select coalesce(c.survivor_id, c.participant_id) as participant_id from participants as c
    where c.clinic_id = :clinic and c.participant_id = m.participant_id
    offset 0
) as p
left join lateral (
    select * from enrollments
    where
        enrollments.clinic_id = :clinic and enrollments.participant_id = p.participant_id
        and enrollments.program = any(:programs::text[]) and enrollments.starts_on <= :day
        and (enrollments.closed_on is null or enrollments.closed_on >= :day)
    offset 0
) as e on true
where m.joined_at < :ended
order by p.participant_id, e.enrollment_id;
