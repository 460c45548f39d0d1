-- name: lines
-- Everything that is held of any of some charts, table by table in the order of ids; what is sealed comes as it is.
select told.kind, told.line::text as line
from (
    select 'participants' as kind, 1 as place, to_jsonb(t) as line
    from participants as t
    where t.clinic_id = :clinic and t.participant_id = any(:charts::uuid[])
    union all
    select 'enrollments' as kind, 2 as place, to_jsonb(t) as line
    from enrollments as t
    where t.clinic_id = :clinic and t.participant_id = any(:charts::uuid[])
    union all
    select 'events' as kind, 3 as place, to_jsonb(t) as line
    from events as t
    where t.clinic_id = :clinic and t.participant_id = any(:charts::uuid[])
    union all
    select 'awards' as kind, 4 as place, to_jsonb(t) as line
    from awards as t
    where t.clinic_id = :clinic and t.participant_id = any(:charts::uuid[])
    union all
    select 'balances' as kind, 5 as place, to_jsonb(t) as line
    from balances as t
    where t.clinic_id = :clinic and t.participant_id = any(:charts::uuid[])
    union all
    select 'transfers' as kind, 6 as place, to_jsonb(t) as line
    from transfers as t
    where t.clinic_id = :clinic and t.participant_id = any(:charts::uuid[])
    union all
    select 'redemptions' as kind, 7 as place, to_jsonb(t) as line
    from redemptions as t
    where t.clinic_id = :clinic and t.participant_id = any(:charts::uuid[])
    union all
    select 'corrections' as kind, 8 as place, to_jsonb(t) as line
    from corrections as t
    where t.clinic_id = :clinic and t.participant_id = any(:charts::uuid[])
    union all
    select 'draws' as kind, 9 as place, to_jsonb(t) as line
    from draws as t
    where t.clinic_id = :clinic and t.participant_id = any(:charts::uuid[])
    union all
    select 'prizes' as kind, 10 as place, to_jsonb(t) as line
    from prizes as t
    where t.clinic_id = :clinic and t.participant_id = any(:charts::uuid[])
    union all
    select 'hat_people' as kind, 11 as place, to_jsonb(t) as line
    from hat_people as t
    where t.clinic_id = :clinic and t.participant_id = any(:charts::uuid[])
    union all
    select 'manual_awards' as kind, 12 as place, to_jsonb(t) as line
    from manual_awards as t
    where t.clinic_id = :clinic and t.participant_id = any(:charts::uuid[])
    union all
    select 'openings' as kind, 13 as place, to_jsonb(t) as line
    from openings as t
    where t.clinic_id = :clinic and t.participant_id = any(:charts::uuid[])
    union all
    select 'departures' as kind, 14 as place, to_jsonb(t) as line
    from departures as t
    where t.clinic_id = :clinic and t.participant_id = any(:charts::uuid[])
    union all
    select 'gifts' as kind, 15 as place, to_jsonb(t) as line
    from gifts as t
    where t.clinic_id = :clinic and t.participant_id = any(:charts::uuid[])
    union all
    select 'cap_totals' as kind, 16 as place, to_jsonb(t) as line
    from cap_totals as t
    where t.clinic_id = :clinic and t.participant_id = any(:charts::uuid[])
    union all
    select 'cap_warnings' as kind, 17 as place, to_jsonb(t) as line
    from cap_warnings as t
    where t.clinic_id = :clinic and t.participant_id = any(:charts::uuid[])
    union all
    select 'identifiers' as kind, 18 as place, to_jsonb(t) as line
    from identifiers as t
    where t.clinic_id = :clinic and t.participant_id = any(:charts::uuid[])
    union all
    select 'consents' as kind, 19 as place, to_jsonb(t) as line
    from consents as t
    where t.clinic_id = :clinic and t.participant_id = any(:charts::uuid[])
    union all
    select 'disclosures' as kind, 20 as place, to_jsonb(t) as line
    from disclosures as t
    where t.clinic_id = :clinic and t.participant_id = any(:charts::uuid[])
    union all
    select 'releases' as kind, 21 as place, to_jsonb(t) as line
    from releases as t
    where t.clinic_id = :clinic and t.participant_id = any(:charts::uuid[])
    union all
    select 'restrictions' as kind, 22 as place, to_jsonb(t) as line
    from restrictions as t
    where t.clinic_id = :clinic and t.participant_id = any(:charts::uuid[])
    union all
    select 'emergencies' as kind, 23 as place, to_jsonb(t) as line
    from emergencies as t
    where t.clinic_id = :clinic and t.participant_id = any(:charts::uuid[])
    union all
    select 'erasures' as kind, 24 as place, to_jsonb(t) as line
    from erasures as t
    where t.clinic_id = :clinic and t.participant_id = any(:charts::uuid[])
    union all
    select 'second_looks' as kind, 25 as place, to_jsonb(t) as line
    from second_looks as t
    where t.clinic_id = :clinic and t.participant_id = any(:charts::uuid[])
    union all
    select 'inbound_messages' as kind, 26 as place, to_jsonb(t) as line
    from inbound_messages as t
    where t.clinic_id = :clinic and t.participant_id = any(:charts::uuid[])
    union all
    select 'deliveries' as kind, 27 as place, to_jsonb(t) as line
    from deliveries as t
    where t.clinic_id = :clinic and t.participant_id = any(:charts::uuid[])
    union all
    select 'sessions' as kind, 28 as place, to_jsonb(t) as line
    from sessions as t
    where t.clinic_id = :clinic and t.participant_id = any(:charts::uuid[])
    union all
    select 'sign_in_codes' as kind, 29 as place, to_jsonb(t) as line
    from sign_in_codes as t
    where t.clinic_id = :clinic and t.participant_id = any(:charts::uuid[])
    union all
    select 'pins' as kind, 30 as place, to_jsonb(t) as line
    from pins as t
    where t.clinic_id = :clinic and t.participant_id = any(:charts::uuid[])
    union all
    select 'passkeys' as kind, 31 as place, to_jsonb(t) as line
    from passkeys as t
    where t.clinic_id = :clinic and t.participant_id = any(:charts::uuid[])
    union all
    select 'audit' as kind, 32 as place, to_jsonb(t) as line
    from audit as t
    where t.clinic_id = :clinic and t.participant_id = any(:charts::uuid[])
    union all
    select 'event_additions' as kind, 33 as place, to_jsonb(t) as line
    from event_additions as t
    where t.clinic_id = :clinic and t.event_id in (
        select own.event_id from events as own
        where own.clinic_id = :clinic and own.participant_id = any(:charts::uuid[])
    )
    union all
    select 'enrollment_moves' as kind, 34 as place, to_jsonb(t) as line
    from enrollment_moves as t
    where t.clinic_id = :clinic and t.enrollment_id in (
        select own.enrollment_id from enrollments as own
        where own.clinic_id = :clinic and own.participant_id = any(:charts::uuid[])
    )
    union all
    select 'checkpoints' as kind, 35 as place, to_jsonb(t) as line
    from checkpoints as t
    where t.clinic_id = :clinic and t.enrollment_id in (
        select own.enrollment_id from enrollments as own
        where own.clinic_id = :clinic and own.participant_id = any(:charts::uuid[])
    )
    union all
    select 'visit_checks' as kind, 36 as place, to_jsonb(t) as line
    from visit_checks as t
    where t.clinic_id = :clinic and t.enrollment_id in (
        select own.enrollment_id from enrollments as own
        where own.clinic_id = :clinic and own.participant_id = any(:charts::uuid[])
    )
    union all
    select 'redemption_changes' as kind, 37 as place, to_jsonb(t) as line
    from redemption_changes as t
    where t.clinic_id = :clinic and (
        t.redemption_id in (
            select own.redemption_id from redemptions as own
            where own.clinic_id = :clinic and own.participant_id = any(:charts::uuid[])
        )
        or t.prize_id in (
            select own.prize_id from prizes as own
            where own.clinic_id = :clinic and own.participant_id = any(:charts::uuid[])
        )
    )
    union all
    select 'reward_codes' as kind, 38 as place, to_jsonb(t) as line
    from reward_codes as t
    where t.clinic_id = :clinic and (
        t.redemption_id in (
            select own.redemption_id from redemptions as own
            where own.clinic_id = :clinic and own.participant_id = any(:charts::uuid[])
        )
        or t.prize_id in (
            select own.prize_id from prizes as own
            where own.clinic_id = :clinic and own.participant_id = any(:charts::uuid[])
        )
    )
    union all
    select 'merges' as kind, 39 as place, to_jsonb(t) as line
    from merges as t
    where t.clinic_id = :clinic and (t.survivor_id = any(:charts::uuid[]) or t.ended_id = any(:charts::uuid[]))
    union all
    select 'unmerges' as kind, 40 as place, to_jsonb(t) as line
    from unmerges as t
    where t.clinic_id = :clinic and t.merge_id in (
        select own.merge_id from merges as own
        where
            own.clinic_id = :clinic
            and (own.survivor_id = any(:charts::uuid[]) or own.ended_id = any(:charts::uuid[]))
    )
    union all
    select 'new_addresses' as kind, 41 as place, to_jsonb(t) as line
    from new_addresses as t
    where t.clinic_id = :clinic and t.participant_id = any(:charts::uuid[])
    union all
    select 'told_apart' as kind, 42 as place, to_jsonb(t) as line
    from told_apart as t
    where t.clinic_id = :clinic and (t.first_id = any(:charts::uuid[]) or t.second_id = any(:charts::uuid[]))
    union all
    select 'group_members' as kind, 43 as place, to_jsonb(t) as line
    from group_members as t
    where t.clinic_id = :clinic and t.participant_id = any(:charts::uuid[])
    union all
    select 'planned_visits' as kind, 44 as place, to_jsonb(t) as line
    from planned_visits as t
    where t.clinic_id = :clinic and t.enrollment_id in (
        select own.enrollment_id from enrollments as own
        where own.clinic_id = :clinic and own.participant_id = any(:charts::uuid[])
    )
    union all
    select 'drawn_days' as kind, 44 as place, to_jsonb(t) as line
    from drawn_days as t
    where t.clinic_id = :clinic and t.enrollment_id in (
        select own.enrollment_id from enrollments as own
        where own.clinic_id = :clinic and own.participant_id = any(:charts::uuid[])
    )
    union all
    select 'calendar_feeds' as kind, 45 as place, to_jsonb(t) as line
    from calendar_feeds as t
    where t.clinic_id = :clinic and t.participant_id = any(:charts::uuid[])
    union all
    select 'provider_orders' as kind, 46 as place, to_jsonb(t) as line
    from provider_orders as t
    where t.clinic_id = :clinic and t.redemption_id in (
        select own.redemption_id from redemptions as own
        where own.clinic_id = :clinic and own.participant_id = any(:charts::uuid[])
    )
    union all
    select 'provider_differences' as kind, 47 as place, to_jsonb(t) as line
    from provider_differences as t
    where t.clinic_id = :clinic and t.redemption_id in (
        select own.redemption_id from redemptions as own
        where own.clinic_id = :clinic and own.participant_id = any(:charts::uuid[])
    )
    union all
    select 'reminder_leaves' as kind, 48 as place, to_jsonb(t) as line
    from reminder_leaves as t
    where t.clinic_id = :clinic and t.participant_id = any(:charts::uuid[])
    union all
    select 'reminders' as kind, 49 as place, to_jsonb(t) as line
    from reminders as t
    where t.clinic_id = :clinic and t.participant_id = any(:charts::uuid[])
    union all
    select 'submissions' as kind, 50 as place, to_jsonb(t) as line
    from submissions as t
    where t.clinic_id = :clinic and t.participant_id = any(:charts::uuid[])
    union all
    select 'screenings' as kind, 51 as place, to_jsonb(t) as line
    from screenings as t
    where t.clinic_id = :clinic and t.participant_id = any(:charts::uuid[])
    union all
    select 'guardian_consents' as kind, 52 as place, to_jsonb(t) as line
    from guardian_consents as t
    where t.clinic_id = :clinic and t.participant_id = any(:charts::uuid[])
) as told
order by told.place, told.line::text;
