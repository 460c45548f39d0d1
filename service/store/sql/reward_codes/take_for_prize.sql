-- Take the oldest unused code for a prize; none comes back where there is none.
update reward_codes set prize_id = $3
where
    clinic_id = $1
    and reward_id = $2
    and code_id = any(
        array(
            select code_id from reward_codes
            where clinic_id = $1 and reward_id = $2 and redemption_id is null and prize_id is null
            order by code_id
            limit 1
            for update skip locked
        )
    )
returning code_id, code
