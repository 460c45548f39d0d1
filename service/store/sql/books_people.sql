-- name: identifiers
-- Every identifier beside what the audit trail says of it; and every one that the trail says was added and that is not
-- there.
select
    i.identifier_id, i.participant_id, i.system, i.value, i.key, i.near, i.withdrawn_at is not null as withdrawn,
    i.created_by is null or i.identifier_id = i.participant_id as first_of_all,
    a.subject_id as told, a.participant_id as told_of, w.subject_id is not null as told_withdrawn,
    coalesce(i.ends_on::text, '') as last_day, e.told_day
from (select * from identifiers where clinic_id = :clinic) as i
full join (
    select subject_id, participant_id from audit where clinic_id = :clinic and deed = 'identifier.added'
) as a on i.identifier_id = a.subject_id
left join (
    select subject_id from audit where clinic_id = :clinic and deed = 'identifier.withdrawn'
) as w on i.identifier_id = w.subject_id
left join (
    select distinct on (subject_id) subject_id, detail::jsonb ->> 'to' as told_day from audit
    where clinic_id = :clinic and deed in ('identifier.added', 'identifier.ended') and detail::jsonb ? 'to'
    order by subject_id asc, seq desc
) as e on i.identifier_id = e.subject_id
order by i.identifier_id, a.subject_id;

-- name: unreferenced
-- Every participant who has not one number of the clinic's own in use that is their reference.
select p.participant_id, p.reference, string_agg(i.value, ', ' order by i.value) as found
from participants as p
left join identifiers as i
    on
        i.clinic_id = :clinic
        and i.participant_id = p.participant_id
        and i.system = 'reference'
        and i.ends_on is null
        and i.withdrawn_at is null
where p.clinic_id = :clinic
group by p.participant_id, p.reference
having array_agg(i.value) <> array[p.reference]
order by p.participant_id;

-- name: departures_of
-- What all departures of some participants call for: what was released or came back, by unit.
select d.departure_id, d.participant_id, d.undoes, a.unit, a.amount
from departures as d
cross join lateral unnest(d.units, d.amounts) as a (unit, amount)
where d.clinic_id = :clinic and d.participant_id = any(:participants::uuid[])
order by d.participant_id, d.departure_id;

-- name: departures
-- Every departure beside what the audit trail says of it, and every one that the trail says there was and that is not
-- there.
select
    d.departure_id, d.participant_id, d.status, d.on_day, d.held, d.recorded_by, d.amounts, u.amounts as undone,
    a.subject_id as told, a.participant_id as told_of, a.actor_id as teller, a.detail::jsonb ->> 'status' as told_status,
    a.detail::jsonb ->> 'on' as told_on, a.detail::jsonb ->> 'held' as told_held
from (select * from departures where clinic_id = :clinic) as d
full join (
    select subject_id, participant_id, actor_id, detail from audit
    where clinic_id = :clinic and deed = 'participant.status'
) as a on d.departure_id = a.subject_id
left join departures as u on u.clinic_id = :clinic and d.undoes = u.departure_id
order by d.departure_id, a.subject_id;

-- name: sealed
-- The sealed names and addresses of all people and staff.
select
    'participants' as of, 'participant_id' as named, participant_id as id, name, phone, email, mark, birth_year,
    null::bytea as totp_secret
from participants
where clinic_id = :clinic
union all
select 'staff', 'staff_id', staff_id, name, null, email, null, null, totp_secret from staff
where clinic_id = :clinic;

-- name: statuses
-- Everybody whose status is not that of the last departure which was not taken back.
select p.participant_id, p.status, p.status_on, d.status as last_status, d.on_day
from participants as p
left join lateral (
    select departures.status, departures.on_day from departures
    where
        departures.clinic_id = :clinic and departures.participant_id = p.participant_id
        and departures.undoes is null
        and not exists (
            select from departures as u where u.clinic_id = :clinic and u.undoes = departures.departure_id
        )
    order by departures.departure_id desc
    limit 1
) as d on true
where
    p.clinic_id = :clinic
    and (p.status <> coalesce(d.status, 'active') or p.status_on is distinct from d.on_day)
order by p.participant_id;
