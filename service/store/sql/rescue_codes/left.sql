-- How many codes are left.
select count(*) from rescue_codes
where clinic_id = $1 and staff_id = $2 and used_at is null
