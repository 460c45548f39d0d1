-- Take the oldest unused codes for a redemption; fewer come back where there are not enough.
update reward_codes set redemption_id = $3
where
    clinic_id = $1
    and reward_id = $2
    and code_id = any(
        array(
            select code_id from reward_codes
            where clinic_id = $1 and reward_id = $2 and redemption_id is null and prize_id is null
            order by code_id
            limit $4
            for update skip locked
        )
    )
returning code_id, code
