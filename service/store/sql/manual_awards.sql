-- part: columns
-- A manual award `m` of a participant `p`, as whose it is by now.
m.manual_award_id, coalesce(
    (
        select n.participant_id from enrollments as n
        where n.clinic_id = :clinic and n.enrollment_id = m.enrollment_id
    ), p.survivor_id, m.participant_id
) as participant_id, m.unit, m.amount, m.reason, m.funding, m.enrollment_id, m.status,
m.proposed_at, m.proposed_by, m.settled_at, m.settled_by, m.refusal, m.paid, m.clipped, m.why, p.language;

-- name: find
select {columns}
from manual_awards as m
inner join participants as p on m.clinic_id = p.clinic_id and m.participant_id = p.participant_id
where m.clinic_id = :clinic and m.manual_award_id = :manual_award_id;

-- name: insert
insert into manual_awards (
    clinic_id, manual_award_id, participant_id, unit, amount, reason, funding, enrollment_id, proposed_at,
    proposed_by
)
values (
    :clinic, :manual_award_id, :participant_id, :unit, :amount, :reason, :funding, :enrollment_id, :proposed_at,
    :proposed_by
);

-- name: list
select {columns}
from manual_awards as m
inner join participants as p on m.clinic_id = p.clinic_id and m.participant_id = p.participant_id
where m.clinic_id = :clinic and m.manual_award_id < :before
order by m.manual_award_id desc
limit :limit;

-- name: list_of_participant
-- Those that were proposed on any of some accounts and are a person's own.
select {columns}
from unnest(:accounts::uuid[]) as asked (participant_id)
cross join lateral (
    select a.* from manual_awards as a
    where
        a.clinic_id = :clinic
        and a.participant_id = asked.participant_id
        and a.manual_award_id < :before
        and (:status::text is null or a.status = :status)
        and :person in (
            select n.participant_id from enrollments as n
            where n.clinic_id = :clinic and n.enrollment_id = a.enrollment_id
            union all
            select coalesce(c.survivor_id, c.participant_id) from participants as c
            where c.clinic_id = :clinic and c.participant_id = a.participant_id and a.enrollment_id is null
        )
    order by a.manual_award_id desc
    limit :limit
) as m
inner join participants as p on p.clinic_id = :clinic and m.participant_id = p.participant_id
order by m.manual_award_id desc
limit :limit;

-- name: list_of_status
-- By an index of their own: among years of settled ones those that are still to be settled are few.
select {columns}
from manual_awards as m
inner join participants as p on m.clinic_id = p.clinic_id and m.participant_id = p.participant_id
where m.clinic_id = :clinic and m.manual_award_id < :before and m.status = :status
order by m.manual_award_id desc
limit :limit;

-- name: settle
update manual_awards
set
    status = :status, settled_at = :now, settled_by = :settled_by, refusal = :refusal, paid = :paid,
    clipped = :clipped, why = :why
where clinic_id = :clinic and manual_award_id = :manual_award_id and status = 'proposed';
