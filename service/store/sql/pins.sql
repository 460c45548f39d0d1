-- name: delete
delete from pins where clinic_id = :clinic and participant_id = :participant_id
returning participant_id;

-- name: delete_by_codes_of
-- Forget the PINs that were set while a session lasted that began with a code that a member of staff, or a key of theirs,
-- printed.
delete from pins as p
using sign_in_codes as c
where
    p.clinic_id = :clinic
    and c.clinic_id = :clinic
    and c.participant_id = p.participant_id
    and c.kind = 'printed'
    and p.set_at >= c.used_at
    and p.set_at <= c.used_at + :lasts::interval
    and c.created_by in (
        select k.key_id from keys as k
        where k.clinic_id = :clinic and k.responsible = :staff_id
        union all
        select :staff_id
    )
returning p.participant_id;

-- name: find
select set_at from pins
where clinic_id = :clinic and participant_id = :participant_id;

-- name: hash
select pin_hash from pins
where clinic_id = :clinic and participant_id = :participant_id;

-- name: put
insert into pins (clinic_id, participant_id, pin_hash, set_at) values (:clinic, :participant_id, :pin_hash, :now)
on conflict (clinic_id, participant_id)
do update set pin_hash = excluded.pin_hash, set_at = excluded.set_at;
