-- name: drop
delete from calendar_feeds
where clinic_id = :clinic and participant_id = :participant_id
returning participant_id;

-- name: find
select made_at from calendar_feeds
where clinic_id = :clinic and participant_id = :participant_id;

-- name: put
insert into calendar_feeds (clinic_id, participant_id, secret_hash, made_at)
values (:clinic, :participant_id, :secret_hash, :now)
on conflict (clinic_id, participant_id) do update
set secret_hash = excluded.secret_hash, made_at = excluded.made_at;

-- name: whose
select participant_id from calendar_feeds
where clinic_id = :clinic and secret_hash = :secret_hash;
