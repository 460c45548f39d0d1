-- name: find
select
    m.manual_award_id, m.participant_id, m.unit, m.amount, m.reason, m.funding, m.enrollment_id, m.status,
    m.proposed_at, m.proposed_by, m.settled_at, m.settled_by, m.refusal, m.paid, m.clipped, m.why, p.language
from manual_awards as m
inner join participants as p on m.clinic_id = p.clinic_id and m.participant_id = p.participant_id
where m.clinic_id = $1 and m.manual_award_id = $2;

-- name: insert
insert into manual_awards (
    clinic_id, manual_award_id, participant_id, unit, amount, reason, funding, enrollment_id, proposed_at,
    proposed_by
)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10);

-- name: list
select
    m.manual_award_id, m.participant_id, m.unit, m.amount, m.reason, m.funding, m.enrollment_id, m.status,
    m.proposed_at, m.proposed_by, m.settled_at, m.settled_by, m.refusal, m.paid, m.clipped, m.why, p.language
from manual_awards as m
inner join participants as p on m.clinic_id = p.clinic_id and m.participant_id = p.participant_id
where m.clinic_id = $1 and m.manual_award_id < $2
order by m.manual_award_id desc
limit $3;

-- name: list_of_participant
select
    m.manual_award_id, m.participant_id, m.unit, m.amount, m.reason, m.funding, m.enrollment_id, m.status,
    m.proposed_at, m.proposed_by, m.settled_at, m.settled_by, m.refusal, m.paid, m.clipped, m.why, p.language
from manual_awards as m
inner join participants as p on m.clinic_id = p.clinic_id and m.participant_id = p.participant_id
where
    m.clinic_id = $1
    and m.participant_id = $5
    and m.manual_award_id < $2
    and ($4::text is null or m.status = $4)
order by m.manual_award_id desc
limit $3;

-- name: list_of_status
-- By an index of their own: among years of settled ones those that are still to be settled are few.
select
    m.manual_award_id, m.participant_id, m.unit, m.amount, m.reason, m.funding, m.enrollment_id, m.status,
    m.proposed_at, m.proposed_by, m.settled_at, m.settled_by, m.refusal, m.paid, m.clipped, m.why, p.language
from manual_awards as m
inner join participants as p on m.clinic_id = p.clinic_id and m.participant_id = p.participant_id
where m.clinic_id = $1 and m.manual_award_id < $2 and m.status = $4
order by m.manual_award_id desc
limit $3;

-- name: settle
update manual_awards
set status = $3, settled_at = $4, settled_by = $5, refusal = $6, paid = $7, clipped = $8, why = $9
where clinic_id = $1 and manual_award_id = $2 and status = 'proposed';
