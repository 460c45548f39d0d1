-- What rows say of who did it, when and how much, where the audit trail tells it otherwise. Each query yields the value
-- that was told and the one on record; the value `row` is of rows that only one of the two knows.

-- name: emergencies
-- Who opened a record in an emergency, and who looked it over.
select coalesce(r.emergency_id, t.subject_id) as id, one.name, one.told, one.found
from (select * from emergencies where clinic_id = :clinic) as r
full join (
    select distinct on (subject_id) subject_id, actor_id, at from audit
    where clinic_id = :clinic and deed = 'emergency.opened'
    order by subject_id, seq
) as t on r.emergency_id = t.subject_id
left join (
    select distinct on (subject_id) subject_id, actor_id, at from audit
    where clinic_id = :clinic and deed in ('emergency.reviewed')
    order by subject_id, seq
) as s on r.emergency_id = s.subject_id
cross join lateral (
    values
    ('row', case when t.subject_id is not null then 'told' end, case when r.emergency_id is not null then 'told' end),
    ('opened_by', t.actor_id::text, r.opened_by::text),
    ('opened_at', t.at::text, r.opened_at::text),
    ('reviewed_by', s.actor_id::text, r.reviewed_by::text),
    ('reviewed_at', s.at::text, r.reviewed_at::text)
) as one (name, told, found)
where one.told is distinct from one.found
order by 1;

-- name: enrollments
-- Who opened each enrollment, and when; who closed it, and for which last day.
select e.enrollment_id as id, one.name, one.told, one.found
from enrollments as e
left join (
    select distinct on (subject_id) subject_id, actor_id, at from audit
    where clinic_id = :clinic and deed = 'enrollment.opened'
    order by subject_id, seq
) as t on e.enrollment_id = t.subject_id
left join (
    select distinct on (subject_id)
        subject_id, case when deed = 'enrollment.closed' then actor_id end as closer,
        case when deed = 'enrollment.closed' then detail::json ->> 'on' end as last_day
    from audit
    where
        clinic_id = :clinic
        and deed in ('enrollment.closed', 'enrollment.reopened', 'enrollment.opened_again')
    order by subject_id, seq desc
) as c on e.enrollment_id = c.subject_id
cross join lateral (
    values
    ('row', case when t.subject_id is not null then 'told' end, 'told'),
    ('opened_by', t.actor_id::text, e.opened_by::text),
    ('opened_at', t.at::text, e.opened_at::text),
    ('closed_by', c.closer::text, e.closed_by::text),
    ('closed_on', c.last_day, e.closed_on::text)
) as one (name, told, found)
where e.clinic_id = :clinic and one.told is distinct from one.found
order by e.enrollment_id;

-- name: erasures
-- Who proposed each erasure, and who approved or refused it.
select coalesce(r.erasure_id, t.subject_id) as id, one.name, one.told, one.found
from (select * from erasures where clinic_id = :clinic) as r
full join (
    select distinct on (subject_id) subject_id, actor_id, at from audit
    where clinic_id = :clinic and deed = 'erasure.proposed'
    order by subject_id, seq
) as t on r.erasure_id = t.subject_id
left join (
    select distinct on (subject_id) subject_id, actor_id, at, split_part(deed, '.', 2) as status from audit
    where clinic_id = :clinic and deed in ('erasure.approved', 'erasure.refused')
    order by subject_id, seq
) as s on r.erasure_id = s.subject_id
cross join lateral (
    values
    ('row', case when t.subject_id is not null then 'told' end, case when r.erasure_id is not null then 'told' end),
    ('proposed_by', t.actor_id::text, r.proposed_by::text),
    ('proposed_at', t.at::text, r.proposed_at::text),
    ('settled_by', s.actor_id::text, r.settled_by::text),
    ('settled_at', s.at::text, r.settled_at::text),
    ('status', coalesce(s.status, 'proposed'), r.status)
) as one (name, told, found)
where one.told is distinct from one.found
order by 1;

-- name: keys
-- Who issued each key.
select k.key_id as id, 'created_by' as name, t.actor_id::text as told, k.created_by::text as found
from keys as k
inner join (
    select distinct on (subject_id) subject_id, actor_id from audit
    where clinic_id = :clinic and deed = 'key.issued'
    order by subject_id, seq
) as t on k.key_id = t.subject_id
where k.clinic_id = :clinic and t.actor_id is distinct from k.created_by
order by k.key_id;

-- name: new_addresses
-- Who changed how somebody is reached, and who said that it is right or wrong.
select coalesce(r.new_address_id, t.subject_id) as id, one.name, one.told, one.found
from (select * from new_addresses where clinic_id = :clinic) as r
full join (
    select subject_id, actor_id, at, participant_id, deed, detail::json ->> 'channel' as channel from audit
    where clinic_id = :clinic and deed in ('address.set', 'address.removed')
) as t on r.new_address_id = t.subject_id
left join (
    select subject_id, actor_id, at, deed from audit
    where clinic_id = :clinic and deed in ('address.confirmed', 'address.disputed')
) as s on r.new_address_id = s.subject_id
cross join lateral (
    values
    (
        'row', case when t.subject_id is not null then 'told' end,
        case when r.new_address_id is not null then 'told' end
    ),
    ('participant_id', t.participant_id::text, r.participant_id::text),
    ('channel', t.channel, r.channel),
    ('set_by', t.actor_id::text, r.set_by::text),
    ('set_at', t.at::text, r.set_at::text),
    ('is_theirs', (s.deed = 'address.confirmed')::text, r.is_theirs::text),
    ('settled_by', s.actor_id::text, r.settled_by::text),
    ('settled_at', s.at::text, r.settled_at::text)
) as one (name, told, found)
where one.told is distinct from one.found
order by 1;

-- name: prizes
-- Who gave each prize, when and for what it was worth, as it was told last; of a prize that is owed again, nobody.
select z.prize_id as id, one.name, one.told, one.found
from prizes as z
left join (
    select distinct on (subject_id) subject_id, actor_id, at, deed = 'prize.given' as is_given, detail::json as said
    from audit
    where clinic_id = :clinic and deed in ('prize.given', 'prize.taken_back')
    order by subject_id, seq desc
) as t on z.prize_id = t.subject_id
cross join lateral (
    values
    ('given_by', case when t.is_given then t.actor_id::text end, z.given_by::text),
    ('reward_id', case when t.is_given then t.said ->> 'reward' end, z.reward_id::text),
    (
        'fair_value',
        case when t.is_given then coalesce(t.said ->> 'fair_value', z.fair_value::text, 'unknown') end,
        case when z.status = 'given' then coalesce(z.fair_value::text, 'unknown') end
    )
) as one (name, told, found)
where z.clinic_id = :clinic and one.told is distinct from one.found
order by z.prize_id;

-- name: redemptions
-- Who asked for each redemption and for what, and who handed it over, canceled it or took it back.
with asked as (
    select distinct on (subject_id) subject_id, actor_id, at, detail::json as said from audit
    where clinic_id = :clinic and deed in ('redemption.held', 'redemption.given', 'redemption.ordered')
    order by subject_id, seq
), steps as (
    select seq, subject_id, actor_id, at, split_part(deed, '.', 2) as status from audit
    where
        clinic_id = :clinic
        and deed in (
            'redemption.held', 'redemption.canceled', 'redemption.ordered', 'redemption.awaiting_provider',
            'redemption.awaiting_funds', 'redemption.failed', 'redemption.reversed'
        )
    union all
    -- What a provider delivered was given by whoever asked for it; the service tells of it.
    select seq, subject_id, coalesce((detail::json ->> 'by')::uuid, actor_id), at, 'given' from audit
    where clinic_id = :clinic and deed = 'redemption.given'
    union all
    select seq, (detail::json ->> 'redemption')::uuid, actor_id, at, 'canceled' from audit
    where
        clinic_id = :clinic
        and deed = 'redemption_change.approved'
        and detail::json ->> 'kind' = 'take_back'
        and detail::json ->> 'redemption' is not null
), settled as (
    select distinct on (subject_id)
        subject_id, status,
        case when status in ('given', 'canceled', 'failed', 'reversed') then actor_id end as actor_id,
        case when status in ('given', 'canceled', 'failed', 'reversed') then at end as at
    from steps
    order by subject_id, seq desc
)
select coalesce(r.redemption_id, a.subject_id) as id, one.name, one.told, one.found
from (select * from redemptions where clinic_id = :clinic) as r
full join asked as a on r.redemption_id = a.subject_id
left join settled as s on r.redemption_id = s.subject_id
cross join lateral (
    values
    (
        'row', case when a.subject_id is not null then 'told' end,
        case when r.redemption_id is not null then 'told' end
    ),
    ('requested_by', a.actor_id::text, r.requested_by::text),
    ('requested_at', a.at::text, r.requested_at::text),
    ('reward_id', a.said ->> 'reward', r.reward_id::text),
    ('quantity', a.said ->> 'quantity', r.quantity::text),
    ('amount', a.said ->> 'amount', r.amount::text),
    ('unit', a.said ->> 'unit', r.unit),
    ('fair_value', coalesce(a.said ->> 'fair_value', r.fair_value::text, 'unknown'), coalesce(r.fair_value::text, 'unknown')),
    ('lowered_by', coalesce(a.said ->> 'lowered_by', 'none'), coalesce(r.lowered_by::text, 'none')),
    ('status', coalesce(s.status, 'held'), r.status),
    ('settled_by', s.actor_id::text, r.settled_by::text),
    ('settled_at', s.at::text, r.settled_at::text)
) as one (name, told, found)
where one.told is distinct from one.found
order by 1;

-- name: rewards
-- The price and category of each reward as they were told last, where that entry says them; its fair value, where it says
-- whether that was stated; and who lowered or moved it.
select w.reward_id as id, one.name, one.told, one.found
from rewards as w
left join (
    select distinct on (subject_id) subject_id, detail::json as said from audit
    where clinic_id = :clinic and deed in ('reward.added', 'reward.changed')
    order by subject_id, seq desc
) as t on w.reward_id = t.subject_id
cross join lateral (
    values
    ('row', case when t.subject_id is not null then 'told' end, 'told'),
    ('price', coalesce(t.said ->> 'price', w.price::text), w.price::text),
    (
        'fair_value',
        case t.said ->> 'stated'
            when '1' then t.said ->> 'fair_value'
            when '0' then 'none'
            -- Before that was told, one that is stated is as it was told, where it was.
            else case when w.fair_value is null then 'none' else coalesce(t.said ->> 'fair_value', w.fair_value::text) end
        end,
        coalesce(w.fair_value::text, 'none')
    ),
    ('lowered_by', coalesce(t.said ->> 'lowered_by', 'none'), coalesce(w.lowered_by::text, 'none')),
    ('category', coalesce(t.said ->> 'category', w.category), w.category),
    ('moved_by', coalesce(t.said ->> 'moved_by', 'none'), coalesce(w.moved_by::text, 'none'))
) as one (name, told, found)
where w.clinic_id = :clinic and one.told is distinct from one.found
order by w.reward_id;

-- name: second_looks
-- Every second look, with whose it was, when, and at how much. What was on record before there were any was looked at by
-- the migration that made them, of which the trail does not tell; a look of then at what came later is none of these.
select coalesce(l.second_look_id, t.subject_id) as id, one.name, one.told, one.found
from (
    select * from second_looks
    where
        clinic_id = :clinic
        and not (
            looked_by = '00000000-0000-0000-0000-000000000001' and deeds = 0 and note is null
            and looked_at <= (select applied_at from schema_migrations where name = '0039_where_value_leaves.sql')
        )
) as l
full join (
    select subject_id, actor_id, at, participant_id, detail::json ->> 'deeds' as deeds from audit
    where clinic_id = :clinic and deed = 'second_look.taken'
) as t on l.second_look_id = t.subject_id
cross join lateral (
    values
    (
        'row', case when t.subject_id is not null then 'told' end,
        case when l.second_look_id is not null then 'told' end
    ),
    ('participant_id', t.participant_id::text, l.participant_id::text),
    ('looked_by', t.actor_id::text, l.looked_by::text),
    ('looked_at', t.at::text, l.looked_at::text),
    ('deeds', t.deeds, l.deeds::text)
) as one (name, told, found)
where one.told is distinct from one.found
order by 1;

-- name: second_person_rules
-- Every setting of the rules: what was told of it, and beside that what held before; the first may begin with anything.
with settings as (
    select
        second_person_rules_id as id, set_by, set_at,
        to_jsonb(r) - array['clinic_id', 'second_person_rules_id', 'set_by', 'set_at', 'roles', 'overturn_own']
        || jsonb_build_object('roles', array_to_string(roles, ' '), 'overturn_own', overturn_own::integer) as said
    from second_person_rules as r
    where clinic_id = :clinic
)
select coalesce(r.id, t.subject_id) as id, one.name, one.told, one.found
from settings as r
full join (
    select subject_id, actor_id, at, detail::json as said from audit
    where clinic_id = :clinic and deed = 'second_person_rules.set'
) as t on r.id = t.subject_id
cross join lateral (
    select
        'row' as name, case when t.subject_id is not null then 'told' end as told,
        case when r.id is not null then 'told' end as found
    union all
    select 'set_by', t.actor_id::text, r.set_by::text
    union all
    select 'set_at', t.at::text, r.set_at::text
    union all
    select
        field.key,
        coalesce(
            t.said ->> field.key,
            -- What was not told was so before; two who set rules at once need not have seen each other's.
            case
                when not exists (
                    select from settings as e
                    where e.id < r.id and e.said ->> field.key is not distinct from field.value
                ) and exists (select from settings as e where e.id < r.id) then 'as before'
            end,
            coalesce(field.value, 'none')
        ),
        coalesce(field.value, 'none')
    from jsonb_each_text(r.said) as field
) as one
where one.told is distinct from one.found
order by 1;

-- name: staff
-- When each member of staff was disabled, and got the role that they have; of before that was kept, nothing is on record.
with told as (
    select
        subject_id, seq, at, 'disabled' = any(string_to_array(detail::json ->> 'fields', ',')) as disables,
        detail::json ->> 'role' as role,
        lag(detail::json ->> 'role') over (partition by subject_id order by seq) as role_before
    from audit
    where
        clinic_id = :clinic and deed in ('staff.created', 'staff.changed')
        and detail::json ->> 'role' is not null
)
select s.staff_id as id, one.name, one.told, one.found
from staff as s
left join (
    select distinct on (subject_id) subject_id, at from told
    where disables
    order by subject_id, seq desc
) as d on s.staff_id = d.subject_id
left join (
    select distinct on (subject_id) subject_id, at from told
    where role <> role_before
    order by subject_id, seq desc
) as r on s.staff_id = r.subject_id
cross join lateral (
    values
    ('disabled_at', case when s.disabled_at is not null then d.at::text end, s.disabled_at::text),
    (
        'role_changed_at',
        case
            when
                s.role_changed_at is not null
                or r.at > (select applied_at from schema_migrations where name = '0180_managers_are_asked.sql')
                then r.at::text
        end,
        s.role_changed_at::text
    )
) as one (name, told, found)
where s.clinic_id = :clinic and one.told is distinct from one.found
order by s.staff_id;
