insert into audit_heads (clinic_id, seq, hash)
values ($1, 0, $2)
