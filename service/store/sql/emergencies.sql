-- part: columns
-- A look `e`, as at whose record it was by now.
e.emergency_id, (
    select coalesce(p.survivor_id, p.participant_id) from participants as p
    where p.clinic_id = :clinic and p.participant_id = e.participant_id
) as participant_id, e.reason, e.recipient, e.opened_at, e.opened_by, e.ends_at, e.reviewed_at, e.reviewed_by;

-- name: find
select {columns}
from emergencies as e
where e.clinic_id = :clinic and e.emergency_id = :emergency_id;

-- name: insert
insert into emergencies (
    clinic_id, emergency_id, participant_id, reason, recipient, opened_at, opened_by, ends_at
)
values (:clinic, :emergency_id, :participant_id, :reason, :recipient, :now, :opened_by, :ends_at);

-- name: list
select {columns}
from emergencies as e
where e.clinic_id = :clinic and e.emergency_id < :before
order by e.emergency_id desc
limit :limit;

-- name: list_to_review
select {columns}
from emergencies as e
where e.clinic_id = :clinic and e.emergency_id < :before and e.reviewed_at is null
order by e.emergency_id desc
limit :limit;

-- name: list_of_participant
select {columns}
from unnest(:charts::uuid[]) as asked (participant_id)
cross join lateral (
    select * from emergencies
    where
        emergencies.clinic_id = :clinic
        and emergencies.participant_id = asked.participant_id
        and emergency_id < :before
        and (:to_review::boolean is false or reviewed_at is null)
    order by emergency_id desc
    limit :limit
) as e
order by e.emergency_id desc
limit :limit;

-- name: open
-- Whether somebody has a look at any of some charts open.
select exists (
    select from emergencies
    where
        clinic_id = :clinic and participant_id = any(:charts::uuid[]) and opened_by = :opened_by
        and ends_at > :now
);

-- name: review
update emergencies
set reviewed_at = :now, reviewed_by = :reviewed_by
where clinic_id = :clinic and emergency_id = :emergency_id and reviewed_at is null;
