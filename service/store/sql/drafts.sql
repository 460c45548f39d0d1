-- name: drop
delete from drafts
where clinic_id = :clinic and staff_id = :staff_id and place = :place;

-- name: drop_all
delete from drafts
where clinic_id = :clinic;

-- name: drop_old
-- Of one member of staff, what was saved before a moment.
delete from drafts
where clinic_id = :clinic and staff_id = :staff_id and saved_at < :before;

-- name: find
select body, saved_at from drafts
where clinic_id = :clinic and staff_id = :staff_id and place = :place and saved_at >= :since;

-- name: save
insert into drafts (clinic_id, staff_id, place, body, saved_at)
values (:clinic, :staff_id, :place, :body, :now)
on conflict (clinic_id, staff_id, place) do update set body = excluded.body, saved_at = excluded.saved_at;
