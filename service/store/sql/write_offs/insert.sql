insert into write_offs (clinic_id, write_off_id, reward_id, pieces, reason, proposed_at, proposed_by)
values ($1, $2, $3, $4, $5, $6, $7)
