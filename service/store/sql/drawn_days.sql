-- name: insert
-- What another worker has decided stays as it is, and is left out of what is given back.
insert into drawn_days (
    clinic_id, enrollment_id, target, day, drawn_day_id, version, days, wanted, slip, is_drawn, seed_id, drawn_at
)
values (
    :clinic, :enrollment_id, :target, :day, :drawn_day_id, :version, :days, :wanted, :slip, :is_drawn, :seed_id, :now
)
on conflict (clinic_id, enrollment_id, target, day) do nothing
returning drawn_day_id;

-- name: of_enrollment
-- Every day of an enrollment that had its turn, newest first, with its seed where that is revealed.
select
    d.drawn_day_id, d.enrollment_id, d.target, d.day, d.days, d.wanted, d.slip, d.is_drawn, d.drawn_at, d.seed_id,
    s.seed, s.commitment, s.revealed_at
from drawn_days as d
inner join seeds as s on s.clinic_id = :clinic and d.seed_id = s.seed_id
where d.clinic_id = :clinic and d.enrollment_id = :enrollment_id and d.drawn_day_id < :before
order by d.drawn_day_id desc
limit :limit;

-- name: of_enrollments
-- The days that were drawn for some enrollments.
select enrollment_id, target, day
from drawn_days
where clinic_id = :clinic and enrollment_id = any(:enrollments::uuid[]) and is_drawn
order by enrollment_id, day, target;

-- name: programs
-- The versions of programs that draw days.
select name, version from programs
where clinic_id = :clinic and document @? '$.**.visits.random'
order by name, version;

-- name: since
-- What was decided for some enrollments from a day on.
select enrollment_id, target, day, is_drawn
from drawn_days
where clinic_id = :clinic and enrollment_id = any(:enrollments::uuid[]) and day >= :first_day;

-- name: waiting
-- Enrollments in a version of a program that are open on a day, from one on, for which nothing of it is decided yet.
select e.enrollment_id, e.participant_id, e.starts_on, e.ends_on
from enrollments as e
where
    e.clinic_id = :clinic and e.program = :program and e.version = :version and e.closed_on is null
    and e.enrollment_id > :after and e.starts_on <= :day and (e.ends_on is null or e.ends_on >= :day)
    and not exists (
        select from drawn_days as d
        where d.clinic_id = :clinic and d.enrollment_id = e.enrollment_id and d.day = :day
    )
order by e.enrollment_id
limit :limit;
