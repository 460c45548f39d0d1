-- Lock the participants that some events are about, in id order, so that two recordings never wait in a ring.
-- $1 clinic, $2 enrollments, $3 participants, $4 the participants' references.
select p.participant_id, p.reference
from participants as p
where
    p.clinic_id = $1
    and p.participant_id = any(
        array(
            select e.participant_id from enrollments as e
            where e.clinic_id = $1 and e.enrollment_id = any($2::uuid[])
            union
            select r.participant_id from participants as r
            where r.clinic_id = $1 and r.reference = any($4::text[])
            union
            select unnest($3::uuid[])
        )
    )
order by p.participant_id
for no key update of p
