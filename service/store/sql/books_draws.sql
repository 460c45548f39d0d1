-- name: after_reveal
-- Every draw and hat that the audit trail tells after it tells that their seed was revealed: whoever drew could know
-- what would come. The trail is in the order in which transactions ended, whatever clock each had.
with revealed as (
    select subject_id as seed_id, min(seq) as seq from audit
    where clinic_id = :clinic and deed = 'seed.revealed'
    group by subject_id
),

made as (
    select subject_id as id, seq from audit
    where clinic_id = :clinic and deed in ('draw.made', 'hat.drawn', 'day.drawn')
)

select d.of, d.id, d.seed_id
from (
    select 'draws' as of, draw_id as id, seed_id from draws
    where clinic_id = :clinic
    union all
    select 'hats', hat_id, seed_id from hats
    where clinic_id = :clinic
    union all
    select 'drawn_days', drawn_day_id, seed_id from drawn_days
    where clinic_id = :clinic
) as d
inner join made as m on d.id = m.id
inner join revealed as r on d.seed_id = r.seed_id
where m.seq > r.seq
order by m.seq;

-- name: days
-- Every day that had its turn, with how many of its program week were drawn before it.
select
    d.drawn_day_id, d.enrollment_id, e.starts_on, e.program, d.version, d.target, d.day, d.days, d.wanted, d.slip,
    d.is_drawn, d.seed_id,
    (
        select count(*) from drawn_days as b
        where
            b.clinic_id = :clinic and b.enrollment_id = d.enrollment_id and b.target = d.target and b.is_drawn
            and b.day < d.day and b.day >= d.day - (d.day - e.starts_on) % 7
    ) as before
from drawn_days as d
left join enrollments as e on e.clinic_id = :clinic and d.enrollment_id = e.enrollment_id
where d.clinic_id = :clinic
order by d.enrollment_id, d.drawn_day_id;

-- name: drawless
-- Prizes that no draw won.
select p.prize_id, p.draw_id
from prizes as p
where p.clinic_id = :clinic and not exists (
    select from draws as d where d.clinic_id = :clinic and d.draw_id = p.draw_id
)
order by p.prize_id;

-- name: drawn
-- What each draw of some participants spent.
select participant_id, draw_id, enrollment_id, cardinality(slips) as spent
from draws
where clinic_id = :clinic and participant_id = any(:participants::uuid[])
order by draw_id;

-- name: draws
-- Every draw in the order of its enrollment's count, and its prizes with the codes that went with them.
select
    d.draw_id, d.participant_id, d.enrollment_id, d.n, d.seed_id, d.bowl, d.document, d.slips,
    e.participant_id as owner, e.program, e.version, coalesce(p.won, '[]') as won
from draws as d
left join enrollments as e on e.clinic_id = :clinic and d.enrollment_id = e.enrollment_id
left join (
    select
        w.draw_id,
        json_agg(
            json_build_object(
                'id', w.prize_id, 'place', w.place, 'participant', w.participant_id, 'tier', w.tier,
                'status', w.status, 'unit', w.unit, 'amount', w.amount, 'clipped', w.clipped,
                'category', w.category, 'codes', coalesce(k.codes, 0), 'reward', w.reward_id,
                'kind', r.kind
            ) order by w.place
        ) as won
    from prizes as w
    left join (
        -- A code that is void was replaced by another, or taken back.
        select c.prize_id, count(*) as codes from reward_codes as c
        left join void_codes as v
            on v.clinic_id = :clinic and c.reward_id = v.reward_id and c.code_id = v.code_id
        where c.clinic_id = :clinic and c.prize_id is not null and v.code_id is null
        group by c.prize_id
    ) as k on w.prize_id = k.prize_id
    left join rewards as r on r.clinic_id = :clinic and w.reward_id = r.reward_id
    where w.clinic_id = :clinic
    group by w.draw_id
) as p on d.draw_id = p.draw_id
where d.clinic_id = :clinic
order by d.enrollment_id, d.n;

-- name: draws_told
-- Seeds, draws, given prizes and hats that are not as the audit trail tells them, or that it tells and that are gone.
-- The first seed is told where the clinic is created.
with kept as (
    select 'seeds' as of, seed_id as id, encode(commitment, 'hex') as says from seeds
    where clinic_id = :clinic
    union all
    select 'seeds', seed_id, 'revealed' from seeds
    where clinic_id = :clinic and revealed_at is not null
    union all
    select 'draws', draw_id, 'number ' || n || ', slips ' || cardinality(slips) from draws
    where clinic_id = :clinic
    union all
    select 'prizes', prize_id, 'given as ' || reward_id from prizes
    where clinic_id = :clinic and status = 'given'
    union all
    select 'hats', hat_id, 'people ' || count(*) || ', names ' || count(place) from hat_people
    where clinic_id = :clinic
    group by hat_id
    union all
    select
        'drawn_days', drawn_day_id, case when is_drawn then 'drawn 1' else 'drawn 0' end || ' of ' || day
    from drawn_days
    where clinic_id = :clinic
),

told as (
    select 'seeds' as of, subject_id as id, detail::json ->> 'commitment' as says from audit
    where clinic_id = :clinic and deed = 'seed.committed'
    union all
    select 'seeds', (detail::json ->> 'seed')::uuid, detail::json ->> 'commitment' from audit
    where clinic_id = :clinic and deed = 'clinic.created'
    union all
    select 'seeds', subject_id, 'revealed' from audit
    where clinic_id = :clinic and deed = 'seed.revealed'
    union all
    select
        'draws', subject_id,
        'number ' || (detail::json ->> 'n') || ', slips ' || (detail::json ->> 'count') from audit
    where clinic_id = :clinic and deed = 'draw.made'
    union all
    -- One that was taken back is owed again, until it is given once more.
    select 'prizes', given.subject_id, 'given as ' || given.reward
    from (
        select distinct on (subject_id) subject_id, deed, detail::json ->> 'reward' as reward from audit
        where clinic_id = :clinic and deed in ('prize.given', 'prize.taken_back')
        order by subject_id, seq desc
    ) as given
    where given.deed = 'prize.given'
    union all
    select
        'hats', subject_id,
        'people ' || (detail::json ->> 'people') || ', names ' || (detail::json ->> 'names') from audit
    where clinic_id = :clinic and deed = 'hat.drawn'
    union all
    select
        'drawn_days', subject_id,
        'drawn ' || (detail::json ->> 'drawn') || ' of ' || (detail::json ->> 'day')
    from audit
    where clinic_id = :clinic and deed = 'day.drawn'
)

select coalesce(k.of, t.of) as of, coalesce(k.id, t.id) as id, k.says as kept, t.says as told
from kept as k
full join told as t on k.of = t.of and k.id = t.id and k.says = t.says
where (k.id is null or t.id is null) and coalesce(k.id, t.id) is not null
order by 1, 2;

-- name: hatless
-- Names that no hat holds.
select p.hat_id, p.enrollment_id
from hat_people as p
where p.clinic_id = :clinic and not exists (
    select from hats as h where h.clinic_id = :clinic and h.hat_id = p.hat_id
)
order by p.hat_id, p.enrollment_id;

-- name: hats
-- Every hat with everyone in it, in the order of their tickets' numbers; `came` is how many facts
-- each has on the target on that day, and `sessions` on how many days there are some up to it.
select
    h.hat_id, h.program, h.target, h.day, h.draws, h.seed_id,
    coalesce(
        json_agg(
            json_build_object(
                'enrollment', p.enrollment_id, 'participant', p.participant_id, 'owner', e.participant_id,
                'tickets', p.tickets, 'place', p.place, 'slip', p.slip, 'amount', p.amount, 'clipped', p.clipped,
                'came', f.came, 'sessions', f.sessions
            ) order by p.enrollment_id
        ) filter (where p.hat_id is not null),
        '[]'
    ) as people
from hats as h
inner join clinics as c on h.clinic_id = c.clinic_id
left join hat_people as p on p.clinic_id = :clinic and h.hat_id = p.hat_id
left join enrollments as e on e.clinic_id = :clinic and p.enrollment_id = e.enrollment_id
left join lateral (
    select
        count(distinct (events.occurred_at at time zone c.zone)::date) as sessions,
        count(*) filter (where (events.occurred_at at time zone c.zone)::date = h.day) as came
    from events
    where
        events.clinic_id = :clinic
        and events.enrollment_id = p.enrollment_id
        and events.target = h.target
        and (events.occurred_at at time zone c.zone)::date <= h.day
) as f on true
where h.clinic_id = :clinic
group by h.hat_id, h.program, h.target, h.day, h.draws, h.seed_id
order by h.hat_id;

-- name: names
-- What each name of some participants that was drawn from a hat credited.
select p.participant_id, p.hat_id, p.enrollment_id, p.amount, h.drawn_at, e.funding
from hat_people as p
inner join hats as h on h.clinic_id = :clinic and p.hat_id = h.hat_id
left join enrollments as e on e.clinic_id = :clinic and p.enrollment_id = e.enrollment_id
where p.clinic_id = :clinic and p.participant_id = any(:participants::uuid[]) and p.place is not null
order by p.hat_id, p.enrollment_id;

-- name: overdrawn
-- Each enrollment with what was drawn for it, and all that was ever credited for it or for no enrollment: what is
-- taken back later does not undo a draw.
select
    d.enrollment_id, d.participant_id, d.drawn,
    (coalesce(o.credited, 0) + coalesce(a.credited, 0))::bigint as credited
from (
    select enrollment_id, participant_id, sum(cardinality(slips))::bigint as drawn from draws
    where clinic_id = :clinic
    group by enrollment_id, participant_id
) as d
left join (
    select enrollment_id, sum(amount) as credited from transfers
    where clinic_id = :clinic and unit = 'draw' and source = 'issued'
    group by enrollment_id
) as o on d.enrollment_id = o.enrollment_id
left join (
    select participant_id, sum(amount) as credited from transfers
    where clinic_id = :clinic and unit = 'draw' and source = 'issued' and enrollment_id is null
    group by participant_id
) as a on d.participant_id = a.participant_id
order by d.enrollment_id;

-- name: seeds
-- Every seed.
select seed_id, seed, commitment, revealed_at
from seeds
where clinic_id = :clinic
order by seed_id;

-- name: won
-- What each prize of some participants credited, with the enrollment that it was drawn for.
select
    p.participant_id, p.prize_id, p.draw_id, p.unit, p.amount, p.won_at, d.enrollment_id, e.funding
from prizes as p
left join draws as d on d.clinic_id = :clinic and p.draw_id = d.draw_id
left join enrollments as e on e.clinic_id = :clinic and d.enrollment_id = e.enrollment_id
where p.clinic_id = :clinic and p.participant_id = any(:participants::uuid[]) and p.status = 'credited'
order by p.prize_id;
