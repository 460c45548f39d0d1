-- part: columns
billing_rule_id, program, target, outcome, procedure_code, result_code, starts_on, created_at, created_by;

-- name: count
select count(*) from billing_rules where clinic_id = :clinic;

-- name: insert
insert into billing_rules (
    clinic_id, billing_rule_id, program, target, outcome, procedure_code, result_code, starts_on, created_at, created_by
)
values (
    :clinic, :billing_rule_id, :program, :target, :outcome, :procedure_code, :result_code, :starts_on, :created_at,
    :created_by
);

-- name: list
-- Rules set before :before, newest first.
select {columns}
from billing_rules
where clinic_id = :clinic and billing_rule_id < :before
order by billing_rule_id desc
limit :limit;

-- name: services
-- Events of some targets that happened from :since until before :until, newest recorded first; with :participant_id, of
-- one participant. What nobody came to is left out.
select
    e.event_id, e.outcome, e.occurred_at, e.minutes, e.recorded_by, e.target, n.participant_id, n.program
from events as e
inner join enrollments as n on n.clinic_id = :clinic and e.enrollment_id = n.enrollment_id
inner join unnest(:programs::text[], :targets::text[]) as asked (program, target)
    on n.program = asked.program and e.target = asked.target
where
    e.clinic_id = :clinic and e.occurred_at >= :since and e.occurred_at < :until and e.event_id < :before
    and e.expected_on is null
    and (:participant_id::uuid is null or n.participant_id = :participant_id)
order by e.event_id desc
limit :limit;
