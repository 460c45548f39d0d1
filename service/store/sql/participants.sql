-- name: change
update participants
set
    reference = $3, language = $4, name = $5, phone = $6, email = $7, name_index = $8, phone_index = $9,
    email_index = $10, revision = revision + 1
where clinic_id = $1 and participant_id = $2;

-- name: codes
-- The codes by which some participants are called.
-- $1 clinic, $2 participants.
select p.participant_id, p.display_code
from unnest($2::uuid[]) as asked (participant_id)
inner join participants as p on p.clinic_id = $1 and asked.participant_id = p.participant_id;

-- name: enrolled
-- Which of some references belong to participants, and in which programs each is or was enrolled.
select p.reference, p.participant_id, array_remove(array_agg(e.program), null) as programs
from participants as p
left join enrollments as e on p.clinic_id = e.clinic_id and p.participant_id = e.participant_id
where p.clinic_id = $1 and p.reference = any($2::text[])
group by p.reference, p.participant_id;

-- name: find
select
    participant_id, reference, display_code, language, name, phone, email, revision, created_at
from participants
where clinic_id = $1 and participant_id = $2;

-- name: find_by_reference
select
    participant_id, reference, display_code, language, name, phone, email, revision, created_at
from participants
where clinic_id = $1 and reference = $2;

-- name: insert
insert into participants (
    clinic_id, participant_id, reference, display_code, language, name, phone, email, name_index, phone_index,
    email_index, created_at
)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12);

-- name: language
select language from participants
where clinic_id = $1 and participant_id = $2;

-- name: list
select
    participant_id, reference, display_code, language, name, phone, email, revision, created_at
from participants
where clinic_id = $1 and participant_id < $2
order by participant_id desc
limit $3;

-- name: named
-- What a list calls some participants by.
select p.participant_id, p.reference, p.display_code, p.name
from unnest($2::uuid[]) as asked (participant_id)
cross join lateral (
    select * from participants
    where participants.clinic_id = $1 and participants.participant_id = asked.participant_id
    offset 0
) as p;

-- name: named_after
-- What a list calls participants by, those registered after $2 in the order of their ids.
select participant_id, reference, display_code, name
from participants
where clinic_id = $1 and participant_id > $2
order by participant_id
limit $3;

-- name: search
-- Participants that match every filter that is given (at least one is). Each look-up goes by its own index;
-- one that is not given compares with null and finds nothing.
-- $1 clinic, $2 cursor, $3 limit, $4 reference, $5 display code, $6 name, $7 phone, $8 email (blind indexes).
select
    participant_id, reference, display_code, language, name, phone, email, revision, created_at
from participants
where
    clinic_id = $1
    and participant_id < $2
    and participant_id in (
        select participant_id from participants where clinic_id = $1 and reference = $4
        union all
        select participant_id from participants where clinic_id = $1 and display_code = $5
        union all
        select participant_id from participants where clinic_id = $1 and name_index = $6
        union all
        select participant_id from participants where clinic_id = $1 and phone_index = $7
        union all
        select participant_id from participants where clinic_id = $1 and email_index = $8
    )
    and ($4::text is null or reference = $4)
    and ($5::text is null or display_code = $5)
    and ($6::bytea is null or name_index = $6)
    and ($7::bytea is null or phone_index = $7)
    and ($8::bytea is null or email_index = $8)
order by participant_id desc
limit $3;
