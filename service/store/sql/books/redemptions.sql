-- All redemptions of some participants, with the kind of what was asked for and how many codes went with it.
select
    r.redemption_id, r.participant_id, r.quantity, r.unit, r.amount, r.status, w.kind, count(c.code_id) as codes
from redemptions as r
left join rewards as w on r.clinic_id = w.clinic_id and r.reward_id = w.reward_id
left join reward_codes as c
    on r.clinic_id = c.clinic_id and r.redemption_id = c.redemption_id and r.reward_id = c.reward_id
where r.clinic_id = $1 and r.participant_id = any($2::uuid[])
group by r.redemption_id, r.participant_id, r.quantity, r.unit, r.amount, r.status, w.kind
order by r.redemption_id
