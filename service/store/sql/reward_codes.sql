-- name: insert
insert into reward_codes (clinic_id, reward_id, code_id, code, code_index, added_at)
select :clinic, :reward_id, new.code_id, new.code, new.code_index, :now
from unnest(:code_id::uuid[], :code::bytea[], :code_index::bytea[]) as new (code_id, code, code_index);

-- name: known
-- Which of some codes the clinic has already, whatever became of them.
select code_index from reward_codes
where clinic_id = :clinic and code_index = any(:code_indexes::bytea[]);

-- name: of_prize
-- The codes that a prize was given as, those that are void among them.
select c.code_id, c.code, v.code_id is not null as is_void
from reward_codes as c
left join void_codes as v
    on v.clinic_id = :clinic and c.reward_id = v.reward_id and c.code_id = v.code_id
where c.clinic_id = :clinic and c.prize_id = :prize_id
order by c.code_id;

-- name: of_redemption
-- The codes of a redemption, those that are void among them.
select c.code_id, c.code, v.code_id is not null as is_void
from reward_codes as c
left join void_codes as v
    on v.clinic_id = :clinic and c.reward_id = v.reward_id and c.code_id = v.code_id
where c.clinic_id = :clinic and c.redemption_id = :redemption_id
order by c.code_id;

-- name: take
-- Take the oldest unused codes for a redemption; fewer come back where there are not enough.
update reward_codes set redemption_id = :redemption_id
where
    clinic_id = :clinic
    and reward_id = :reward_id
    and code_id = any(
        array(
            select code_id from reward_codes
            where clinic_id = :clinic and reward_id = :reward_id and redemption_id is null and prize_id is null
            order by code_id
            limit :quantity
            for update skip locked
        )
    )
returning code_id, code;

-- name: take_for_prize
-- Take the oldest unused code for a prize; none comes back where there is none.
update reward_codes set prize_id = :prize_id
where
    clinic_id = :clinic
    and reward_id = :reward_id
    and code_id = any(
        array(
            select code_id from reward_codes
            where clinic_id = :clinic and reward_id = :reward_id and redemption_id is null and prize_id is null
            order by code_id
            limit 1
            for update skip locked
        )
    )
returning code_id, code;

-- name: void
insert into void_codes (clinic_id, reward_id, code_id, redemption_change_id, voided_at)
select :clinic, :reward_id, gone.code_id, :redemption_change_id, :now
from unnest(:code_id::uuid[]) as gone (code_id);
