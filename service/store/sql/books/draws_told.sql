-- Seeds, draws, given prizes and hats that are not as the audit trail tells them, or that it tells and that are gone.
-- The first seed is told where the clinic is created.
with kept as (
    select 'seeds' as of, seed_id as id, encode(commitment, 'hex') as says from seeds
    where clinic_id = $1
    union all
    select 'seeds', seed_id, 'revealed' from seeds
    where clinic_id = $1 and revealed_at is not null
    union all
    select 'draws', draw_id, 'number ' || n || ', slips ' || cardinality(slips) from draws
    where clinic_id = $1
    union all
    select 'prizes', prize_id, 'given as ' || reward_id from prizes
    where clinic_id = $1 and status = 'given'
    union all
    select 'hats', hat_id, 'people ' || count(*) || ', names ' || count(place) from hat_people
    where clinic_id = $1
    group by hat_id
),

told as (
    select 'seeds' as of, subject_id as id, detail::json ->> 'commitment' as says from audit
    where clinic_id = $1 and deed = 'seed.committed'
    union all
    select 'seeds', (detail::json ->> 'seed')::uuid, detail::json ->> 'commitment' from audit
    where clinic_id = $1 and deed = 'clinic.created'
    union all
    select 'seeds', subject_id, 'revealed' from audit
    where clinic_id = $1 and deed = 'seed.revealed'
    union all
    select
        'draws', subject_id,
        'number ' || (detail::json ->> 'n') || ', slips ' || (detail::json ->> 'count') from audit
    where clinic_id = $1 and deed = 'draw.made'
    union all
    select 'prizes', subject_id, 'given as ' || (detail::json ->> 'reward') from audit
    where clinic_id = $1 and deed = 'prize.given'
    union all
    select
        'hats', subject_id,
        'people ' || (detail::json ->> 'people') || ', names ' || (detail::json ->> 'names') from audit
    where clinic_id = $1 and deed = 'hat.drawn'
)

select coalesce(k.of, t.of) as of, coalesce(k.id, t.id) as id, k.says as kept, t.says as told
from kept as k
full join told as t on k.of = t.of and k.id = t.id and k.says = t.says
where (k.id is null or t.id is null) and coalesce(k.id, t.id) is not null
order by 1, 2
