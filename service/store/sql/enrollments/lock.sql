-- Lock the participants that some events are about, in id order, so that two recordings never wait in a ring.
-- Each look-up is a LATERAL with OFFSET 0, which keeps the planner on the whole key, whatever it believes of the
-- tables' sizes. $1 clinic, $2 enrollments, $3 participants, $4 the participants' references.
select locked.participant_id, locked.reference, locked.language
from (
    select found.participant_id
    from unnest($2::uuid[]) as asked (enrollment_id)
    cross join lateral (
        select e.participant_id from enrollments as e
        where e.clinic_id = $1 and e.enrollment_id = asked.enrollment_id
        offset 0
    ) as found
    union
    select found.participant_id
    from unnest($4::text[]) as asked (reference)
    cross join lateral (
        select p.participant_id from participants as p
        where p.clinic_id = $1 and p.reference = asked.reference
        offset 0
    ) as found
    union
    select asked.participant_id from unnest($3::uuid[]) as asked (participant_id)
    order by participant_id
) as wanted
cross join lateral (
    select p.participant_id, p.reference, p.language from participants as p
    where p.clinic_id = $1 and p.participant_id = wanted.participant_id
    for no key update
) as locked
