-- The stock is not what a person edits by hand, so the revision stays.
update rewards set stock = $3
where clinic_id = $1 and reward_id = $2
