-- part: columns
-- A draw `d` and its seed `s`, as whose its enrollment is by now.
d.draw_id, (
    select n.participant_id from enrollments as n
    where n.clinic_id = :clinic and n.enrollment_id = d.enrollment_id
) as participant_id, d.enrollment_id, d.n, d.document, d.slips, d.drawn_at, d.seed_id, s.seed,
s.commitment, s.revealed_at;

-- name: credits
-- Every credit of draws to a participant, and what of them went back, with what says which bowl they come from.
select
    t.enrollment_id, t.at, e.target, e.program_week, h.bowl,
    case when t.source = 'issued' then t.amount else -t.amount end as amount
from unnest(:accounts::uuid[]) as account (participant_id)
cross join lateral (
    select * from owned_transfers
    where
        clinic_id = :clinic
        and owned_transfers.participant_id = account.participant_id
        and unit = 'draw'
        and 'issued' in (source, destination)
    offset 0
) as t
left join events as e on e.clinic_id = :clinic and t.enrollment_id = e.enrollment_id and t.fact_no = e.fact_no
left join hats as h on h.clinic_id = :clinic and t.cause = 'hat' and t.cause_id = h.hat_id
where t.owner_id = :person
order by t.transfer_id;

-- name: drawn
-- How many slips a participant has drawn for each enrollment and bowl.
select d.enrollment_id, d.bowl, sum(cardinality(d.slips))::bigint as drawn
from unnest(:accounts::uuid[]) as account (participant_id)
cross join lateral (
    select * from draws
    where draws.clinic_id = :clinic and draws.participant_id = account.participant_id
    offset 0
) as d
where
    :person in (
        select n.participant_id from enrollments as n
        where n.clinic_id = :clinic and n.enrollment_id = d.enrollment_id
    )
group by d.enrollment_id, d.bowl;

-- name: find
-- One draw with its seed.
select {columns}
from draws as d
inner join seeds as s on d.clinic_id = s.clinic_id and d.seed_id = s.seed_id
where d.clinic_id = :clinic and d.draw_id = :draw_id;

-- name: insert
insert into draws (
    clinic_id, draw_id, participant_id, enrollment_id, n, seed_id, bowl, document, slips, drawn_at, drawn_by
)
values (:clinic, :draw_id, :participant_id, :enrollment_id, :n, :seed_id, :bowl, :document, :slips, :now, :drawn_by);

-- name: last
-- The number of an enrollment's latest draw, 0 before the first.
select coalesce(max(n), 0) from draws
where clinic_id = :clinic and enrollment_id = :enrollment_id;

-- name: list_of_participant
-- One page of a participant's draws with their seeds, newest first.
select {columns}
from (
    select own.*
    from unnest(:accounts::uuid[]) as asked (participant_id)
    cross join lateral (
        select draws.* from draws
        where
            draws.clinic_id = :clinic and draws.participant_id = asked.participant_id and draw_id < :before
            and exists (
                select from enrollments as n
                where
                    n.clinic_id = :clinic and n.enrollment_id = draws.enrollment_id
                    and n.participant_id = :person
            )
        order by draw_id desc
        limit :limit
    ) as own
    order by own.draw_id desc
    limit :limit
) as d
cross join lateral (
    select * from seeds
    where seeds.clinic_id = :clinic and seeds.seed_id = d.seed_id
    offset 0
) as s
order by d.draw_id desc;

-- name: tallies
-- How often each slip of each bowl was drawn, in all clinics together.
select document, slip, drawn from draw_tallies();
