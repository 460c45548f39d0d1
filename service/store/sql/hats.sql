-- part: columns
h.hat_id, h.program, h.target, h.day, h.bowl, h.draws, h.drawn_at, h.seed_id, s.seed, s.commitment, s.revealed_at;

-- name: candidates
-- Everyone who has a fact on a target in a stretch of time, by an enrollment in any version of a program that
-- holds on that day.
select e.enrollment_id, e.participant_id, e.version, e.starts_on, e.funding
from enrollments as e
where
    e.clinic_id = :clinic
    and e.program = :program
    and coalesce(e.closed_on, 'infinity'::date) >= :day
    and e.starts_on <= :day
    and exists (
        select from events as f
        where
            f.clinic_id = :clinic
            and f.enrollment_id = e.enrollment_id
            and f.target = :target
            and f.occurred_at >= :since
            and f.occurred_at < :until
    )
order by e.enrollment_id;

-- name: find
-- One hat with its seed.
select {columns}
from hats as h
inner join seeds as s on h.clinic_id = s.clinic_id and h.seed_id = s.seed_id
where h.clinic_id = :clinic and h.hat_id = :hat_id;

-- name: find_session
-- The hat that names were drawn from for one session, if there is one.
select hat_id from hats
where clinic_id = :clinic and program = :program and target = :target and day = :day;

-- name: insert
insert into hats (
    clinic_id, hat_id, program, version, target, day, bowl, draws, seed_id, drawn_at, drawn_by
)
values (:clinic, :hat_id, :program, :version, :target, :day, :bowl, :draws, :seed_id, :drawn_at, :drawn_by);

-- name: list
-- One page of hats with their seeds, newest first.
select {columns}
from (
    select * from hats
    where clinic_id = :clinic and hat_id < :before
    order by hat_id desc
    limit :limit
) as h
cross join lateral (
    select * from seeds
    where seeds.clinic_id = :clinic and seeds.seed_id = h.seed_id
    offset 0
) as s
order by h.hat_id desc;

-- name: people
-- Everyone who was in some hats, in the order of their tickets' numbers.
select
    p.hat_id, p.enrollment_id, n.participant_id, p.tickets, p.place, p.slip, p.amount, p.clipped
from unnest(:hats::uuid[]) as asked (hat_id)
cross join lateral (
    select * from hat_people
    where hat_people.clinic_id = :clinic and hat_people.hat_id = asked.hat_id
    offset 0
) as p
cross join lateral (
    select enrollments.participant_id from enrollments
    where enrollments.clinic_id = :clinic and enrollments.enrollment_id = p.enrollment_id
    offset 0
) as n
order by p.hat_id, p.enrollment_id;

-- name: put
-- Everyone in a hat, with what was drawn of them.
insert into hat_people (
    clinic_id, hat_id, enrollment_id, participant_id, tickets, place, slip, amount, clipped
)
select :clinic, :hat_id, p.enrollment_id, p.participant_id, p.tickets, p.place, p.slip, p.amount, p.clipped
from unnest(
    :enrollment_id::uuid[], :participant_id::uuid[], :tickets::integer[], :place::integer[], :slip::integer[],
    :amount::bigint[], :clipped::bigint[]
) as p (enrollment_id, participant_id, tickets, place, slip, amount, clipped);
