-- part: columns
guardian_consent_id, participant_id, guardian, relation, consented_on, recorded_at, recorded_by, withdrawn_at,
withdrawn_by;

-- name: find
select {columns}
from guardian_consents
where clinic_id = :clinic and guardian_consent_id = :guardian_consent_id;

-- name: insert
insert into guardian_consents (
    clinic_id, guardian_consent_id, participant_id, guardian, relation, consented_on, recorded_at, recorded_by
)
values (
    :clinic, :guardian_consent_id, :participant_id, :guardian, :relation, :consented_on, :now, :recorded_by
);

-- name: list
-- The consents for some charts, newest first.
select {columns}
from unnest(:participants::uuid[]) as asked (chart_id)
cross join lateral (
    select * from guardian_consents
    where guardian_consents.clinic_id = :clinic and guardian_consents.participant_id = asked.chart_id
    offset 0
) as c
order by guardian_consent_id desc
limit :limit;

-- name: rules
-- The newest rule of the clinic and of each program.
select distinct on (program) guardian_rule_id, program, need, set_at, set_by
from guardian_rules
where clinic_id = :clinic
order by program, guardian_rule_id desc;

-- name: set
insert into guardian_rules (clinic_id, guardian_rule_id, program, need, set_at, set_by)
values (:clinic, :guardian_rule_id, :program, :need, :now, :set_by);

-- name: withdraw
update guardian_consents set withdrawn_at = :now, withdrawn_by = :withdrawn_by
where clinic_id = :clinic and guardian_consent_id = :guardian_consent_id and withdrawn_at is null;
