-- When the latest fact of an enrollment happened.
select max(occurred_at) from events
where clinic_id = $1 and enrollment_id = $2
