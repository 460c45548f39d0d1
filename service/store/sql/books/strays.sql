-- The first row of each table that belongs to nothing: these tables carry no foreign keys.
(
    select 'events' as stray, t.event_id as id, 'enrollment_id' as parent, t.enrollment_id as parent_id
    from events as t
    where t.clinic_id = $1 and not exists (
        select from enrollments as p where p.clinic_id = $1 and p.enrollment_id = t.enrollment_id
    )
    limit 1
)
union all
(
    select 'awards', t.award_id, 'enrollment_id', t.enrollment_id
    from awards as t
    where t.clinic_id = $1 and not exists (
        select from enrollments as p where p.clinic_id = $1 and p.enrollment_id = t.enrollment_id
    )
    limit 1
)
union all
(
    select 'checkpoints', t.enrollment_id, 'enrollment_id', t.enrollment_id
    from checkpoints as t
    where t.clinic_id = $1 and not exists (
        select from enrollments as p where p.clinic_id = $1 and p.enrollment_id = t.enrollment_id
    )
    limit 1
)
union all
(
    select 'enrollments', t.enrollment_id, 'participant_id', t.participant_id
    from enrollments as t
    where t.clinic_id = $1 and not exists (
        select from participants as p where p.clinic_id = $1 and p.participant_id = t.participant_id
    )
    limit 1
)
union all
(
    select 'transfers', t.transfer_id, 'participant_id', t.participant_id
    from transfers as t
    where t.clinic_id = $1 and not exists (
        select from participants as p where p.clinic_id = $1 and p.participant_id = t.participant_id
    )
    limit 1
)
union all
(
    select 'balances', t.participant_id, 'participant_id', t.participant_id
    from balances as t
    where t.clinic_id = $1 and not exists (
        select from participants as p where p.clinic_id = $1 and p.participant_id = t.participant_id
    )
    limit 1
)
union all
(
    select 'redemptions', t.redemption_id, 'participant_id', t.participant_id
    from redemptions as t
    where t.clinic_id = $1 and not exists (
        select from participants as p where p.clinic_id = $1 and p.participant_id = t.participant_id
    )
    limit 1
)
union all
(
    select 'cap_totals', t.cap_id, 'participant_id', t.participant_id
    from cap_totals as t
    where t.clinic_id = $1 and not exists (
        select from participants as p where p.clinic_id = $1 and p.participant_id = t.participant_id
    )
    limit 1
)
union all
(
    select 'cap_warnings', t.warning_id, 'participant_id', t.participant_id
    from cap_warnings as t
    where t.clinic_id = $1 and not exists (
        select from participants as p where p.clinic_id = $1 and p.participant_id = t.participant_id
    )
    limit 1
)
