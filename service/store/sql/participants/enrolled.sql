-- Which of some references belong to participants, and in which programs each is or was enrolled.
select p.reference, p.participant_id, array_remove(array_agg(e.program), null) as programs
from participants as p
left join enrollments as e on p.clinic_id = e.clinic_id and p.participant_id = e.participant_id
where p.clinic_id = $1 and p.reference = any($2::text[])
group by p.reference, p.participant_id
