-- name: candidates
-- Everyone who has a fact on a target in a stretch of time, by an enrollment in any version of a program that
-- holds on that day. $1 clinic, $2 program, $3 day, $4 target, $5 and $6 the stretch of time.
select e.enrollment_id, e.participant_id, e.version, e.starts_on, e.funding
from enrollments as e
where
    e.clinic_id = $1
    and e.program = $2
    and coalesce(e.closed_on, 'infinity'::date) >= $3
    and e.starts_on <= $3
    and exists (
        select from events as f
        where
            f.clinic_id = $1
            and f.enrollment_id = e.enrollment_id
            and f.target = $4
            and f.occurred_at >= $5
            and f.occurred_at < $6
    )
order by e.enrollment_id;

-- name: find
-- One hat with its seed.
select
    h.hat_id, h.program, h.target, h.day, h.bowl, h.draws, h.drawn_at, h.seed_id, s.seed, s.commitment, s.revealed_at
from hats as h
inner join seeds as s on h.clinic_id = s.clinic_id and h.seed_id = s.seed_id
where h.clinic_id = $1 and h.hat_id = $2;

-- name: find_session
-- The hat that names were drawn from for one session, if there is one.
select hat_id from hats
where clinic_id = $1 and program = $2 and target = $3 and day = $4;

-- name: insert
insert into hats (
    clinic_id, hat_id, program, version, target, day, bowl, draws, seed_id, drawn_at, drawn_by
)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11);

-- name: list
-- One page of hats with their seeds, newest first.
select
    h.hat_id, h.program, h.target, h.day, h.bowl, h.draws, h.drawn_at, h.seed_id, s.seed, s.commitment, s.revealed_at
from (
    select * from hats
    where clinic_id = $1 and hat_id < $2
    order by hat_id desc
    limit $3
) as h
cross join lateral (
    select * from seeds
    where seeds.clinic_id = $1 and seeds.seed_id = h.seed_id
    offset 0
) as s
order by h.hat_id desc;

-- name: people
-- Everyone who was in some hats, in the order of their tickets' numbers.
select
    p.hat_id, p.enrollment_id, p.participant_id, p.tickets, p.place, p.slip, p.amount, p.clipped
from unnest($2::uuid[]) as asked (hat_id)
cross join lateral (
    select * from hat_people
    where hat_people.clinic_id = $1 and hat_people.hat_id = asked.hat_id
    offset 0
) as p
order by p.hat_id, p.enrollment_id;

-- name: put
-- Everyone in a hat, with what was drawn of them. $1 clinic, $2 hat.
insert into hat_people (
    clinic_id, hat_id, enrollment_id, participant_id, tickets, place, slip, amount, clipped
)
select $1, $2, p.enrollment_id, p.participant_id, p.tickets, p.place, p.slip, p.amount, p.clipped
from unnest(
    $3::uuid[], $4::uuid[], $5::integer[], $6::integer[], $7::integer[], $8::bigint[], $9::bigint[]
) as p (enrollment_id, participant_id, tickets, place, slip, amount, clipped);
