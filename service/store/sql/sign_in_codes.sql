-- name: clinic
-- The clinic of a sign-in code; asked before it is known which clinic the request is about.
select clinic_of_sign_in_code(:code_index);

-- name: expire
delete from sign_in_codes where clinic_id = :clinic and ends_at < :before;

-- name: holder
-- Whose code it is, where it can be used now.
select code_id, participant_id, kind, created_by, mark from sign_in_codes
where clinic_id = :clinic and code_index = :code_index and used_at is null and retired_at is null and ends_at > :now;

-- name: insert
insert into sign_in_codes (
    clinic_id, code_id, participant_id, kind, code_index, created_at, created_by, ends_at, mark
)
values (:clinic, :code_id, :participant_id, :kind, :code_index, :now, :created_by, :ends_at, :mark);

-- name: retire
-- Take back a participant's codes of one kind that are not used yet.
update sign_in_codes set retired_at = :now
where
    clinic_id = :clinic
    and participant_id = :participant_id
    and kind = :kind
    and used_at is null
    and retired_at is null;

-- name: retire_all
-- Take back a participant's codes that are not used yet, printed and sent.
update sign_in_codes set retired_at = :now
where clinic_id = :clinic and participant_id = :participant_id and used_at is null and retired_at is null;

-- name: retire_of_staff
-- Take back the codes that a member of staff, or a key of theirs, made and nobody used yet.
update sign_in_codes set retired_at = :now
where
    clinic_id = :clinic
    and used_at is null
    and retired_at is null
    and created_by in (
        select k.key_id from keys as k
        where k.clinic_id = :clinic and k.responsible = :staff_id
        union all
        select :staff_id
    );

-- name: use
-- Use a code up, which only one can do.
update sign_in_codes set used_at = :now
where clinic_id = :clinic and code_index = :code_index and used_at is null and retired_at is null and ends_at > :now
returning case when kind = 'printed' then created_by end as printed_by;
