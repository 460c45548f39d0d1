-- All moves of some enrollments to another version of their program.
select enrollment_id, fact_no, from_version, to_version
from enrollment_moves
where clinic_id = $1 and enrollment_id = any($2::uuid[])
order by enrollment_id, fact_no
