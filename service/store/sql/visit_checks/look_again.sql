insert into visit_checks (clinic_id, enrollment_id, checked_at, next_at)
values ($1, $2, $3, $3)
on conflict (clinic_id, enrollment_id) do update set next_at = excluded.next_at
