-- part: columns
participant_id, reference, display_code, language, name, phone, email, mark, birth_year, revision, created_at, status, status_on,
(
    select jsonb_agg(
        jsonb_build_object('id', identifier_id, 'system', system, 'value', value, 'from', starts_on, 'to', ends_on)
        order by identifier_id
    )::text
    from (
        select participants.participant_id as chart_id
        union all
        select c.participant_id from participants as c
        where c.clinic_id = :clinic and c.survivor_id = participants.participant_id
    ) as own
    cross join lateral (
        select * from identifiers
        where
            identifiers.clinic_id = :clinic and identifiers.participant_id = own.chart_id and withdrawn_at is null
        offset 0
    ) as i
) as identifiers;

-- name: addresses
-- How each of some charts says that its person is reached.
select p.participant_id, p.phone, p.email
from unnest(:charts::uuid[]) as asked (participant_id)
cross join lateral (
    select * from participants
    where participants.clinic_id = :clinic and participants.participant_id = asked.participant_id
    offset 0
) as p;

-- name: birth_years
-- The sealed years of birth of some participants.
select p.participant_id, p.birth_year
from unnest(:participants::uuid[]) as asked (participant_id)
cross join lateral (
    select * from participants
    where participants.clinic_id = :clinic and participants.participant_id = asked.participant_id
    offset 0
) as p
where p.birth_year is not null;

-- name: by_references
-- Which of some references lead to participants. References are looked up as by identifiers/holders.
select asked.reference, (
    select coalesce(p.survivor_id, p.participant_id) from participants as p
    where p.clinic_id = :clinic and p.participant_id = found.participant_id
) as participant_id
from unnest(:references::text[], :keys::text[]) as asked (reference, key)
cross join lateral (
    select i.participant_id from identifiers as i
    where
        i.clinic_id = :clinic and i.key = asked.key and i.withdrawn_at is null
        and (i.twin is null or i.value = btrim(asked.reference))
    offset 0
) as found;

-- name: change
update participants
set
    reference = :reference, language = :language, name = :name, phone = :phone, email = :email, mark = :mark, birth_year = :birth_year,
    name_index = :name_index, phone_index = :phone_index,
    email_index = :email_index, revision = revision + 1, changed_at = :now
where clinic_id = :clinic and participant_id = :participant_id;

-- name: codes
-- The codes by which some participants are called.
select p.participant_id, p.display_code
from unnest(:participants::uuid[]) as asked (participant_id)
inner join participants as p on p.clinic_id = :clinic and asked.participant_id = p.participant_id;

-- name: find
-- One participant by the id of any chart that leads to it.
select {columns}
from participants
where clinic_id = :clinic and participant_id = (
    select coalesce(asked.survivor_id, asked.participant_id) from participants as asked
    where asked.clinic_id = :clinic and asked.participant_id = :participant_id
);

-- name: insert
-- A participant with the reference they are registered by, which has their own id among the identifiers.
with registered as (
    insert into participants (
        clinic_id, participant_id, reference, display_code, language, name, phone, email, mark, birth_year, name_index,
        phone_index, email_index, created_at
    )
    values (
        :clinic, :participant_id, :reference, :display_code, :language, :name, :phone, :email, :mark, :birth_year,
        :name_index, :phone_index, :email_index, :created_at
    )
)

insert into identifiers (
    clinic_id, identifier_id, participant_id, system, value, key, near, created_at, created_by
)
values (
    :clinic, :participant_id, :participant_id, 'reference', :reference, :key, :near, :created_at, :created_by
);

-- name: gone
-- Since when whom a chart leads to is not in care here, and why; no row for others.
select status, status_on from participants
where
    clinic_id = :clinic and status <> 'active'
    and participant_id = (
        select coalesce(asked.survivor_id, asked.participant_id) from participants as asked
        where asked.clinic_id = :clinic and asked.participant_id = :participant_id
    );

-- name: language
select coalesce(s.language, p.language) from participants as p
left join participants as s on s.clinic_id = :clinic and p.survivor_id = s.participant_id
where p.clinic_id = :clinic and p.participant_id = :participant_id;

-- name: list
select {columns}
from participants
where clinic_id = :clinic and participant_id < :before and survivor_id is null
order by participant_id desc
limit :limit;

-- name: list_changed
-- Everybody, charts that lead elsewhere too, that was registered or changed from :since on, in the order registered.
select {columns}, survivor_id, coalesce(changed_at, created_at) as updated_at
from participants
where clinic_id = :clinic and participant_id > :after and coalesce(changed_at, created_at) >= :since
order by participant_id
limit :limit;

-- name: named
-- What a list calls some participants by.
select p.participant_id, p.reference, p.display_code, p.name, p.mark
from unnest(:participants::uuid[]) as asked (participant_id)
cross join lateral (
    select * from participants
    where participants.clinic_id = :clinic and participants.participant_id = asked.participant_id
    offset 0
) as p;

-- name: named_after
-- What a list calls participants by, those registered after :after in the order of their ids.
select participant_id, reference, display_code, name, mark
from participants
where clinic_id = :clinic and participant_id > :after and survivor_id is null
order by participant_id
limit :limit;

-- name: named_before
-- Those registered before :before, the newest first.
select participant_id, reference, display_code, name, mark
from participants
where clinic_id = :clinic and participant_id < :before and survivor_id is null
order by participant_id desc
limit :limit;

-- name: search
-- Participants of whom one chart matches every filter that is given (at least one is). Each look-up goes by its own
-- index; one that is not given compares with null and finds nothing.
-- Name, phone and email are looked up by their blind indexes.
select {columns}
from (
    select distinct coalesce(c.survivor_id, c.participant_id) as person_id
    from (
        select :participant_id::uuid as chart_id
        union
        select participant_id from participants where clinic_id = :clinic and display_code = :display_code
        union
        select participant_id from participants where clinic_id = :clinic and name_index = :name_index
        union
        select participant_id from participants where clinic_id = :clinic and phone_index = :phone_index
        union
        select participant_id from participants where clinic_id = :clinic and email_index = :email_index
    ) as found
    cross join lateral (
        select * from participants
        where participants.clinic_id = :clinic and participants.participant_id = found.chart_id
        offset 0
    ) as c
    where
        (:participant_id::uuid is null or c.participant_id = :participant_id)
        and (:display_code::text is null or c.display_code = :display_code)
        and (:name_index::bytea is null or c.name_index = :name_index)
        and (:phone_index::bytea is null or c.phone_index = :phone_index)
        and (:email_index::bytea is null or c.email_index = :email_index)
) as whom
cross join lateral (
    select * from participants
    where participants.clinic_id = :clinic and participants.participant_id = whom.person_id
    offset 0
) as participants
where participant_id < :before
order by participant_id desc
limit :limit;

-- name: updated
-- When some charts were last changed, and where they lead.
select p.participant_id, p.survivor_id, coalesce(p.changed_at, p.created_at) as updated_at
from unnest(:participants::uuid[]) as asked (participant_id)
cross join lateral (
    select * from participants
    where participants.clinic_id = :clinic and participants.participant_id = asked.participant_id
    offset 0
) as p;

-- name: set_status
update participants set status = :status, status_on = :status_on, revision = revision + 1, changed_at = :now
where clinic_id = :clinic and participant_id = :participant_id;

-- name: touch
-- Something that a participant's answer shows was changed beside the participant's own row.
update participants set revision = revision + 1, changed_at = :now
where clinic_id = :clinic and participant_id = :participant_id;
