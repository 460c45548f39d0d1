-- name: in_force
-- The newest limit of each unit.
select distinct on (unit) unit, amount, set_at, set_by
from second_person_limits
where clinic_id = :clinic
order by unit, second_person_limit_id desc;

-- name: insert
insert into second_person_limits (clinic_id, second_person_limit_id, unit, amount, set_at, set_by)
values (:clinic, :second_person_limit_id, :unit, :amount, :now, :set_by);

-- name: settings
-- Every setting of a limit, the newest first.
select unit, amount, set_at, set_by
from second_person_limits
where clinic_id = :clinic
order by second_person_limit_id desc;
