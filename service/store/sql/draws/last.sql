-- The number of an enrollment's latest draw, 0 before the first.
select coalesce(max(n), 0) from draws
where clinic_id = $1 and enrollment_id = $2
