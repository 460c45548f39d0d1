-- Which of some codes the clinic has already, whatever became of them.
select code_index from reward_codes
where clinic_id = $1 and code_index = any($2::bytea[])
