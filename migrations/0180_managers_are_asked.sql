-- Runs under releases that know 0066_moved_alone.sql.
--
-- What managers and integrations do alone is asked about as anybody's. What they did in a clinic before that, whose rules
-- did not name managers, is asked about no more, and the rules that it had set by then hold over whoever set them.
alter table clinics add column managers_asked_since timestamptz;
update clinics as c set managers_asked_since = now()
where not exists (
    select from (
        select r.roles from second_person_rules as r
        where r.clinic_id = c.clinic_id
        order by r.second_person_rules_id desc
        limit 1
    ) as newest
    where 'manager' = any(newest.roles)
);

-- A manager is asked about nothing where nobody else could look. A colleague who was disabled or given a role that looks at
-- nothing counts for some weeks longer: nobody is alone by a press of their own.
alter table staff add column role_changed_at timestamptz;
grant update (role_changed_at) on staff to rewards_service;
