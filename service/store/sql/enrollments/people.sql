-- How many people are in each version of each program.
select program, version, count(*) as people
from enrollments
where clinic_id = $1 and closed_on is null
group by program, version
