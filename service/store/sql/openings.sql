-- part: columns
-- An opening `o`, with what visits up to its day have earned here.
o.opening_id, (
    select coalesce(p.survivor_id, p.participant_id) from participants as p
    where p.clinic_id = :clinic and p.participant_id = o.participant_id
) as participant_id, o.unit, o.available, o.paid_before, o.paid_in_year, o.as_of, o.reason, o.funding,
o.enrollment_id, o.status, o.proposed_at, o.proposed_by, o.settled_at, o.settled_by, o.refusal, o.withdrawn_at,
o.withdrawn_by, o.withdrawal, o.unrecovered,
(
    select coalesce(sum(case when t.source = 'issued' then t.amount else -t.amount end), 0)::bigint
    from transfers as t
    where
        t.clinic_id = :clinic and t.participant_id = o.participant_id and t.unit = o.unit and t.cause = 'award'
        and t.day <= o.as_of
) as earned_here;

-- name: find
select {columns}
from openings as o
where o.clinic_id = :clinic and o.opening_id = :opening_id;

-- name: insert
insert into openings (
    clinic_id, opening_id, participant_id, unit, available, paid_before, paid_in_year, as_of, reason, funding,
    enrollment_id, proposed_at, proposed_by
)
values (
    :clinic, :opening_id, :participant_id, :unit, :available, :paid_before, :paid_in_year, :as_of, :reason, :funding,
    :enrollment_id, :proposed_at, :proposed_by
);

-- name: list
select {columns}
from openings as o
where o.clinic_id = :clinic and o.opening_id < :before
order by o.opening_id desc
limit :limit;

-- name: list_of_participant
select {columns}
from unnest(:charts::uuid[]) as asked (participant_id)
cross join lateral (
    select * from openings
    where
        openings.clinic_id = :clinic
        and openings.participant_id = asked.participant_id
        and opening_id < :before
        and (:status::text is null or status = :status)
    order by opening_id desc
    limit :limit
) as o
order by o.opening_id desc
limit :limit;

-- name: list_of_status
-- By an index of their own: among years of settled ones those that are still to be settled are few.
select {columns}
from openings as o
where o.clinic_id = :clinic and o.opening_id < :before and o.status = :status
order by o.opening_id desc
limit :limit;

-- name: settle
update openings set status = :status, settled_at = :settled_at, settled_by = :settled_by, refusal = :refusal
where clinic_id = :clinic and opening_id = :opening_id and status = 'proposed';

-- name: stands
-- Whether an opening in a unit waits or is approved.
select exists (
    select from openings
    where
        clinic_id = :clinic and participant_id = :participant_id and unit = :unit
        and status in ('proposed', 'approved')
);

-- name: withdraw
update openings
set
    status = 'withdrawn', withdrawn_at = :withdrawn_at, withdrawn_by = :withdrawn_by, withdrawal = :withdrawal,
    unrecovered = :unrecovered
where clinic_id = :clinic and opening_id = :opening_id and status = 'approved';
