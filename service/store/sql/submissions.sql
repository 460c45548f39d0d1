-- part: columns
s.submission_id, s.participant_id, s.enrollment_id, s.target, s.status, s.submitted_at, s.submitted_by, s.said,
s.had_picture, s.picture is not null as has_picture, s.settled_at, s.settled_by, s.answer, s.event_id;

-- name: count
-- How many wait for the staff, up to a bound.
select count(*)::integer from (
    select from submissions
    where clinic_id = :clinic and status in ('waiting', 'verifying')
    limit :limit
) as open_ones;

-- name: count_of
-- How many of somebody's wait for the staff, and how many they handed in since a moment.
select
    count(*) filter (where status in ('waiting', 'verifying'))::integer as waiting,
    count(*) filter (where submitted_at >= :since)::integer as lately
from submissions
where clinic_id = :clinic and participant_id = any(:charts::uuid[]);

-- name: find
select {columns}
from submissions as s
where s.clinic_id = :clinic and s.submission_id = :submission_id;

-- name: forget_pictures
-- Forget pictures: of what was settled before a moment, and of all that was handed in before another.
update submissions set picture = null
where
    clinic_id = :clinic and picture is not null
    and (settled_at < :settled_before or submitted_at < :submitted_before);

-- name: insert
insert into submissions (
    clinic_id, submission_id, participant_id, enrollment_id, target, status, submitted_at, submitted_by, said,
    picture, had_picture
)
values (
    :clinic, :submission_id, :participant_id, :enrollment_id, :target, 'waiting', :now, :submitted_by, :said,
    :picture, :had_picture
);

-- name: list
select {columns}
from submissions as s
where s.clinic_id = :clinic and s.submission_id < :before and (:status::text is null or s.status = :status)
order by s.submission_id desc
limit :limit;

-- name: list_of_participant
select {columns}
from unnest(:charts::uuid[]) as asked (chart_id)
cross join lateral (
    select * from submissions
    where
        submissions.clinic_id = :clinic and submissions.participant_id = asked.chart_id
        and submission_id < :before and (:status::text is null or status = :status)
    order by submission_id desc
    limit :limit
) as s
order by s.submission_id desc
limit :limit;

-- name: open
-- What waits for the staff, the first handed in first.
select {columns}
from submissions as s
where s.clinic_id = :clinic and s.status in ('waiting', 'verifying')
order by s.submission_id
limit :limit;

-- name: picture
select picture from submissions
where clinic_id = :clinic and submission_id = :submission_id;

-- name: set
insert into submission_settings (clinic_id, takes, keep_days, set_at, set_by)
values (:clinic, :takes, :keep_days, :now, :set_by)
on conflict (clinic_id) do update set takes = :takes, keep_days = :keep_days, set_at = :now, set_by = :set_by;

-- name: settings
select takes, keep_days, set_at, set_by from submission_settings
where clinic_id = :clinic;

-- name: step
-- Bring one from one of some states to another; nothing where it is in none of them.
update submissions
set
    status = :status, settled_at = :settled_at, settled_by = :settled_by, answer = :answer, event_id = :event_id
where clinic_id = :clinic and submission_id = :submission_id and status = any(:states::text[])
returning submission_id;
