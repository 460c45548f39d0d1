-- name: identifiers
-- Every identifier beside what the audit trail says of it; and every one that the trail says was added and that is not
-- there.
select
    i.identifier_id, i.participant_id, i.system, i.value, i.key, i.near, i.withdrawn_at is not null as withdrawn,
    i.created_by is null or i.identifier_id = i.participant_id as first_of_all,
    a.subject_id as told, a.participant_id as told_of, w.subject_id is not null as told_withdrawn
from (select * from identifiers where clinic_id = :clinic) as i
full join (
    select subject_id, participant_id from audit where clinic_id = :clinic and deed = 'identifier.added'
) as a on i.identifier_id = a.subject_id
left join (
    select subject_id from audit where clinic_id = :clinic and deed = 'identifier.withdrawn'
) as w on i.identifier_id = w.subject_id
order by i.identifier_id, a.subject_id;

-- name: unreferenced
-- Every participant who has not one number of the clinic's own in use that is their reference.
select p.participant_id, p.reference, string_agg(i.value, ', ' order by i.value) as found
from participants as p
left join identifiers as i
    on
        i.clinic_id = :clinic
        and i.participant_id = p.participant_id
        and i.system = 'reference'
        and i.ends_on is null
        and i.withdrawn_at is null
where p.clinic_id = :clinic
group by p.participant_id, p.reference
having array_agg(i.value) <> array[p.reference]
order by p.participant_id;
