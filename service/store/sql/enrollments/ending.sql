-- Open enrollments whose planned last day is over.
select enrollment_id, ends_on from enrollments
where clinic_id = $1 and closed_on is null and ends_on < $2
order by ends_on
limit $3
