-- A reward that never runs out keeps its null.
update rewards set stock = stock + $3
where clinic_id = $1 and reward_id = $2
