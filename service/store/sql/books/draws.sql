-- Every draw in the order of its enrollment's count, and its prizes with the codes that went with them.
select
    d.draw_id, d.participant_id, d.enrollment_id, d.n, d.seed_id, d.bowl, d.document, d.slips,
    e.participant_id as owner, e.program, e.version, coalesce(p.won, '[]') as won
from draws as d
left join enrollments as e on e.clinic_id = $1 and d.enrollment_id = e.enrollment_id
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
        select prize_id, count(*) as codes from reward_codes
        where clinic_id = $1 and prize_id is not null
        group by prize_id
    ) as k on w.prize_id = k.prize_id
    left join rewards as r on r.clinic_id = $1 and w.reward_id = r.reward_id
    where w.clinic_id = $1
    group by w.draw_id
) as p on d.draw_id = p.draw_id
where d.clinic_id = $1
order by d.enrollment_id, d.n
