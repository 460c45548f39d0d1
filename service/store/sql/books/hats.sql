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
left join hat_people as p on p.clinic_id = $1 and h.hat_id = p.hat_id
left join enrollments as e on e.clinic_id = $1 and p.enrollment_id = e.enrollment_id
left join lateral (
    select
        count(distinct (events.occurred_at at time zone c.zone)::date) as sessions,
        count(*) filter (where (events.occurred_at at time zone c.zone)::date = h.day) as came
    from events
    where
        events.clinic_id = $1
        and events.enrollment_id = p.enrollment_id
        and events.target = h.target
        and (events.occurred_at at time zone c.zone)::date <= h.day
) as f on true
where h.clinic_id = $1
group by h.hat_id, h.program, h.target, h.day, h.draws, h.seed_id
order by h.hat_id
