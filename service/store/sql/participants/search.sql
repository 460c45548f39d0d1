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
limit $3
