select distinct name from programs
where clinic_id = $1
order by name
