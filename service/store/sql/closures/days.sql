-- The days of every closure.
select first_day, last_day from closures
where clinic_id = $1
order by first_day, last_day
