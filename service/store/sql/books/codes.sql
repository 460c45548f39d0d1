-- Every code, with the redemption or the prize it was given in.
select
    k.code_id, k.reward_id, k.code, k.code_index, k.redemption_id, r.reward_id as redeemed, r.status, k.prize_id,
    p.reward_id as won
from reward_codes as k
left join redemptions as r on k.clinic_id = r.clinic_id and k.redemption_id = r.redemption_id
left join prizes as p on k.clinic_id = p.clinic_id and k.prize_id = p.prize_id
where k.clinic_id = $1
order by k.reward_id, k.code_id
