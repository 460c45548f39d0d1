-- name: insert
insert into stock_changes (
    clinic_id, reward_id, stock_change_id, change, reason, changed_by, changed_at, write_off_id
)
values ($1, $2, $3, $4, $5, $6, $7, $8);
