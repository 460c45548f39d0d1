-- name: insert
insert into stock_changes (
    clinic_id, reward_id, stock_change_id, change, reason, changed_by, changed_at, write_off_id, redemption_change_id
)
values (
    :clinic, :reward_id, :stock_change_id, :change, :reason, :changed_by, :now, :write_off_id, :redemption_change_id
);
