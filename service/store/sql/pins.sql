-- name: delete
delete from pins where clinic_id = :clinic and participant_id = :participant_id
returning participant_id;

-- name: delete_let_in_by
-- Forget the PINs that go back to a code that a member of staff, or a key of theirs, printed.
delete from pins
where
    clinic_id = :clinic
    and let_in_by in (
        select k.key_id from keys as k
        where k.clinic_id = :clinic and :staff_id in (k.responsible, k.created_by)
        union all
        select :staff_id
    )
returning participant_id;

-- name: delete_since
-- Forget somebody's PIN if it was set since a moment.
delete from pins
where clinic_id = :clinic and participant_id = :participant_id and set_at >= :since
returning participant_id;

-- name: find
select set_at from pins
where clinic_id = :clinic and participant_id = :participant_id;

-- name: hash
select pin_hash, let_in_by, mark from pins
where clinic_id = :clinic and participant_id = :participant_id;

-- name: put
insert into pins (clinic_id, participant_id, pin_hash, set_at, let_in_by, mark)
values (:clinic, :participant_id, :pin_hash, :now, :let_in_by, :mark)
on conflict (clinic_id, participant_id)
do update set
    pin_hash = excluded.pin_hash, set_at = excluded.set_at, let_in_by = excluded.let_in_by, mark = excluded.mark;

-- name: told
-- The mark that the audit trail told last of somebody's PIN.
select detail::json ->> 'mark' from audit
where clinic_id = :clinic and participant_id = :participant_id and deed in ('pin.set', 'pin.removed', 'device.lost')
order by seq desc
limit 1;
