select code_id, code from reward_codes
where clinic_id = $1 and prize_id = $2
order by code_id
