-- name: find
select name, zone from clinics
where clinic_id = :clinic;

-- name: checks
-- The hashes that tell whether a process has the clinic's keys.
select index_check, audit_check from clinics
where clinic_id = :clinic;

-- name: give_checks
-- Give the clinic the hashes that it lacks.
update clinics
set index_check = coalesce(index_check, :index_check), audit_check = coalesce(audit_check, :audit_check)
where clinic_id = :clinic;

-- name: ids
select clinic_ids() as clinic_id;

-- name: insert
insert into clinics (clinic_id, name, zone, created_at, names_bound, index_check, audit_check)
values (:clinic, :name, :zone, :now, true, :index_check, :audit_check);

-- name: lock_first
-- One at a time where the first clinic of a service is made.
select pg_advisory_xact_lock(7240014);

-- name: moves
-- How far a move of the clinic is, and what was told of its moves last.
select
    m.step,
    (
        select a.deed from audit as a
        where
            a.clinic_id = c.clinic_id
            and a.deed in ('clinic.leaving', 'clinic.stayed', 'clinic.imported', 'clinic.arrived')
        order by a.seq desc
        limit 1
    ) as told
from clinics as c
left join clinic_moves as m on c.clinic_id = m.clinic_id
where c.clinic_id = :clinic;

-- name: need_second_factor
update clinics set second_factor_needed = :second_factor_needed
where clinic_id = :clinic and second_factor_needed <> :second_factor_needed
returning clinic_id;

-- name: phone
select phone from clinics
where clinic_id = :clinic;

-- name: set_phone
update clinics set phone = :phone
where clinic_id = :clinic;

-- name: second_factor_needed
-- Whether nobody on the staff signs in without a second factor.
select second_factor_needed from clinics
where clinic_id = :clinic;

-- name: served
select served_clinic_ids() as clinic_id;
