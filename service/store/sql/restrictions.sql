-- part: columns
-- A restriction `r`, as whose it is by now.
r.restriction_id, (
    select coalesce(p.survivor_id, p.participant_id) from participants as p
    where p.clinic_id = :clinic and p.participant_id = r.participant_id
) as participant_id, r.subscriber_id, r.recipient, r.request, r.status, r.answer, r.asked_at, r.recorded_by,
r.settled_at, r.settled_by, r.ended_at, r.ended_by;

-- name: end
update restrictions
set status = 'ended', ended_at = :now, ended_by = :ended_by
where clinic_id = :clinic and restriction_id = :restriction_id and status = 'agreed';

-- name: find
select {columns}
from restrictions as r
where r.clinic_id = :clinic and r.restriction_id = :restriction_id;

-- name: insert
insert into restrictions (
    clinic_id, restriction_id, participant_id, subscriber_id, recipient, request, status, asked_at, recorded_by
)
values (
    :clinic, :restriction_id, :participant_id, :subscriber_id, :recipient, :request, 'asked', :now, :recorded_by
);

-- name: list
select {columns}
from restrictions as r
where
    r.clinic_id = :clinic and r.restriction_id < :before and (:status::text is null or r.status = :status)
order by r.restriction_id desc
limit :limit;

-- name: list_of_participant
select {columns}
from unnest(:charts::uuid[]) as asked (participant_id)
cross join lateral (
    select * from restrictions
    where
        restrictions.clinic_id = :clinic
        and restrictions.participant_id = asked.participant_id
        and restriction_id < :before
        and (:status::text is null or status = :status)
    order by restriction_id desc
    limit :limit
) as r
order by r.restriction_id desc
limit :limit;

-- name: settle
update restrictions
set status = :status, answer = :answer, settled_at = :now, settled_by = :settled_by
where clinic_id = :clinic and restriction_id = :restriction_id and status = 'asked';

-- name: touch_subscriber
-- Whoever delivers to a subscriber asks anew what it may be told.
update subscribers
set revision = revision + 1
where clinic_id = :clinic and subscriber_id = :subscriber_id;
