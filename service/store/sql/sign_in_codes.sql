-- name: clinic
-- The clinic of a sign-in code; asked before it is known which clinic the request is about.
select clinic_of_sign_in_code($1);

-- name: expire
delete from sign_in_codes where clinic_id = $1 and ends_at < $2;

-- name: holder
-- Whose code it is, where it can be used now.
select participant_id from sign_in_codes
where clinic_id = $1 and code_index = $2 and used_at is null and retired_at is null and ends_at > $3;

-- name: insert
insert into sign_in_codes (
    clinic_id, code_id, participant_id, kind, code_index, created_at, created_by, ends_at
)
values ($1, $2, $3, $4, $5, $6, $7, $8);

-- name: retire
-- Take back a participant's codes of one kind that are not used yet.
update sign_in_codes set retired_at = $4
where clinic_id = $1 and participant_id = $2 and kind = $3 and used_at is null and retired_at is null;

-- name: retire_all
-- Take back a participant's codes that are not used yet, printed and sent.
update sign_in_codes set retired_at = $3
where clinic_id = $1 and participant_id = $2 and used_at is null and retired_at is null;

-- name: use
-- Use a code up, which only one can do.
update sign_in_codes set used_at = $3
where clinic_id = $1 and code_index = $2 and used_at is null and retired_at is null and ends_at > $3
returning participant_id;
