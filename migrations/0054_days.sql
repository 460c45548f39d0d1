-- What a report adds up, kept by the day in the transaction that moves it, so that reading it costs what it shows and not
-- what a clinic has behind it. Each row is worked out from the facts alone: `rewards verify` counts them again, and
-- recount_days() writes them anew.
--
-- Triggers keep them, one call a statement whatever its rows: nothing that writes events, awards, transfers or
-- corrections can leave them out, and a batch costs little more than one event.

-- What was credited and taken back for a day, by program and by who pays ('' where it is none). What was brought over
-- from another system is left out, for it is in no sum of what was paid.
create table paid_days (
    clinic_id uuid not null,
    day date not null,
    unit text not null,
    program text not null,
    funding text not null,
    credited bigint not null,
    taken_back bigint not null,
    constraint paid_days_key primary key (clinic_id, day, unit, program, funding),
    constraint paid_days_not_negative check (credited >= 0 and taken_back >= 0)
) with (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.05);

-- On which days of a week something was credited or taken back, by enrollment (by participant where it was for none) and
-- by who pays: of whom a sum is. Of `days` the lowest bit is the week's Monday. How many people that are is not kept, for
-- it is no sum: who was paid in two weeks is one person in both.
create table paid_weeks (
    clinic_id uuid not null,
    week date not null,
    unit text not null,
    account_id uuid not null,
    funding text not null,
    days smallint not null,
    constraint paid_weeks_key primary key (clinic_id, week, unit, account_id, funding),
    constraint paid_weeks_have_days check (days between 1 and 127),
    constraint paid_weeks_begin_on_monday check (extract(isodow from week) = 1)
) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.05);

-- How the visits of a local day went, by program, and how often a ladder began again or got back to where it was, by the
-- day on which that was posted. What counts as missed may be excused or withdrawn later, which takes it off its day.
create table visit_days (
    clinic_id uuid not null,
    day date not null,
    program text not null,
    came integer not null,
    missed integer not null,
    earning integer not null,
    failing integer not null,
    resets integer not null,
    recoveries integer not null,
    constraint visit_days_key primary key (clinic_id, day, program),
    constraint visit_days_not_negative check (
        came >= 0 and missed >= 0 and earning >= 0 and failing >= 0 and resets >= 0 and recoveries >= 0
    )
) with (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.05);

-- How many visits of a local day were recorded so many minutes after they happened, as finely as a report says it: by the
-- minute below two hours, by the hour below two days, then by the day.
create table visit_waits (
    clinic_id uuid not null,
    day date not null,
    program text not null,
    minutes integer not null,
    visits integer not null,
    constraint visit_waits_key primary key (clinic_id, day, program, minutes),
    constraint visit_waits_minutes_not_negative check (minutes >= 0),
    constraint visit_waits_are_of_visits check (visits >= 0)
) with (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.05);

do $$
declare
    clinic_table text;
begin
    foreach clinic_table in array array['paid_days', 'paid_weeks', 'visit_days', 'visit_waits'] loop
        execute format('alter table %I enable row level security', clinic_table);
        execute format(
            'create policy %I on %I using (clinic_id = (select current_setting(''app.clinic'')::uuid))',
            clinic_table || '_own_clinic', clinic_table
        );
        execute format('grant select, insert, update on %I to rewards_service', clinic_table);
    end loop;
end
$$;

-- The least number of minutes of the step that a wait belongs to. A clock that runs ahead makes no wait negative.
create function wait_step(wait interval) returns integer
language sql immutable parallel safe set search_path = pg_catalog, pg_temp
return (
    select case when m < 120 then m when m < 2880 then m / 60 * 60 else least(m / 1440, 100000) * 1440 end
    from (select greatest(floor(extract(epoch from wait) / 60.0), 0)::bigint as m) as whole
)::integer;

create function monday_of(day date) returns date
language sql immutable parallel safe set search_path = pg_catalog, pg_temp
return day - (extract(isodow from day)::integer - 1);

create function transfers_count_by_day() returns trigger
language plpgsql set search_path = pg_catalog, public, pg_temp
as $$
begin
    insert into paid_days as d (clinic_id, day, unit, program, funding, credited, taken_back)
    select
        t.clinic_id, t.day, t.unit, coalesce(n.program, ''), coalesce(t.funding, ''),
        coalesce(sum(t.amount) filter (where t.source = 'issued'), 0),
        coalesce(sum(t.amount) filter (where t.destination = 'issued'), 0)
    from added as t
    left join enrollments as n on n.clinic_id = t.clinic_id and n.enrollment_id = t.enrollment_id
    where t.day is not null and t.cause <> 'opening'
    group by 1, 2, 3, 4, 5
    -- In one order, so that no two wait for each other in a ring.
    order by 1, 2, 3, 4, 5
    on conflict (clinic_id, day, unit, program, funding) do update
    set credited = d.credited + excluded.credited, taken_back = d.taken_back + excluded.taken_back;
    insert into paid_weeks as w (clinic_id, week, unit, account_id, funding, days)
    select
        t.clinic_id, monday_of(t.day), t.unit, coalesce(t.enrollment_id, t.participant_id), coalesce(t.funding, ''),
        bit_or(1 << (t.day - monday_of(t.day)))
    from added as t
    where t.day is not null and t.cause <> 'opening'
    group by 1, 2, 3, 4, 5
    order by 1, 2, 3, 4, 5
    on conflict (clinic_id, week, unit, account_id, funding) do update
    set days = w.days | excluded.days
    where w.days & excluded.days <> excluded.days;
    return null;
end
$$;
create trigger transfers_count_by_day after insert on transfers
referencing new table as added for each statement execute function transfers_count_by_day();

create function events_count_by_day() returns trigger
language plpgsql set search_path = pg_catalog, public, pg_temp
as $$
begin
    insert into visit_days as d (
        clinic_id, day, program, came, missed, earning, failing, resets, recoveries
    )
    select
        e.clinic_id, (e.occurred_at at time zone c.zone)::date, n.program,
        count(*) filter (where e.expected_on is null), count(*) filter (where e.expected_on is not null),
        count(*) filter (where e.expected_on is null and e.effect = 'success'),
        count(*) filter (where e.expected_on is null and e.effect = 'failure'), 0, 0
    from added as e
    inner join clinics as c on c.clinic_id = e.clinic_id
    inner join enrollments as n on n.clinic_id = e.clinic_id and n.enrollment_id = e.enrollment_id
    group by 1, 2, 3
    order by 1, 2, 3
    on conflict (clinic_id, day, program) do update
    set
        came = d.came + excluded.came, missed = d.missed + excluded.missed,
        earning = d.earning + excluded.earning, failing = d.failing + excluded.failing;
    insert into visit_waits as d (clinic_id, day, program, minutes, visits)
    select
        e.clinic_id, (e.occurred_at at time zone c.zone)::date, n.program,
        wait_step(e.recorded_at - e.occurred_at), count(*)
    from added as e
    inner join clinics as c on c.clinic_id = e.clinic_id
    inner join enrollments as n on n.clinic_id = e.clinic_id and n.enrollment_id = e.enrollment_id
    where e.expected_on is null
    group by 1, 2, 3, 4
    order by 1, 2, 3, 4
    on conflict (clinic_id, day, program, minutes) do update set visits = d.visits + excluded.visits;
    return null;
end
$$;
create trigger events_count_by_day after insert on events
referencing new table as added for each statement execute function events_count_by_day();

create function awards_count_by_day() returns trigger
language plpgsql set search_path = pg_catalog, public, pg_temp
as $$
begin
    insert into visit_days as d (
        clinic_id, day, program, came, missed, earning, failing, resets, recoveries
    )
    select
        a.clinic_id, (a.posted_at at time zone c.zone)::date, n.program, 0, 0, 0, 0,
        count(*) filter (where position('"reset"'::bytea in a.why) > 0),
        count(*) filter (where position('"recovered"'::bytea in a.why) > 0)
    from added as a
    inner join clinics as c on c.clinic_id = a.clinic_id
    inner join enrollments as n on n.clinic_id = a.clinic_id and n.enrollment_id = a.enrollment_id
    where
        a.kind = 'base'
        and (position('"reset"'::bytea in a.why) > 0 or position('"recovered"'::bytea in a.why) > 0)
    group by 1, 2, 3
    order by 1, 2, 3
    on conflict (clinic_id, day, program) do update
    set resets = d.resets + excluded.resets, recoveries = d.recoveries + excluded.recoveries;
    return null;
end
$$;
create trigger awards_count_by_day after insert on awards
referencing new table as added for each statement execute function awards_count_by_day();

-- A missed visit that was corrected in any way counts as missed no more; a second correction takes nothing off again.
create function corrections_count_by_day() returns trigger
language plpgsql set search_path = pg_catalog, public, pg_temp
as $$
begin
    update visit_days as d
    set missed = d.missed - k.count
    from (
        select e.clinic_id, (e.occurred_at at time zone c.zone)::date as day, n.program, count(*) as count
        from (select distinct clinic_id, event_id from added) as a
        inner join events as e on e.clinic_id = a.clinic_id and e.event_id = a.event_id
        inner join clinics as c on c.clinic_id = e.clinic_id
        inner join enrollments as n on n.clinic_id = e.clinic_id and n.enrollment_id = e.enrollment_id
        where
            e.expected_on is not null
            and not exists (
                select from corrections as o
                where
                    o.clinic_id = a.clinic_id and o.event_id = a.event_id
                    and not exists (
                        select from added as same
                        where same.clinic_id = o.clinic_id and same.correction_id = o.correction_id
                    )
            )
        group by 1, 2, 3
    ) as k
    where d.clinic_id = k.clinic_id and d.day = k.day and d.program = k.program;
    return null;
end
$$;
create trigger corrections_count_by_day after insert on corrections
referencing new table as added for each statement execute function corrections_count_by_day();

revoke all on function transfers_count_by_day(), events_count_by_day(), awards_count_by_day(),
    corrections_count_by_day(), wait_step(interval), monday_of(date) from public;
grant execute on function transfers_count_by_day(), events_count_by_day(), awards_count_by_day(),
    corrections_count_by_day(), wait_step(interval), monday_of(date) to rewards_service;

-- What the days of a clinic add up to by the facts: what `rewards verify` holds them to, and what they are written from.
create function days_paid(clinic uuid) returns setof paid_days
language sql stable set search_path = pg_catalog, public, pg_temp
begin atomic
select
    t.clinic_id, t.day, t.unit, coalesce(n.program, ''), coalesce(t.funding, ''),
    coalesce(sum(t.amount) filter (where t.source = 'issued'), 0)::bigint,
    coalesce(sum(t.amount) filter (where t.destination = 'issued'), 0)::bigint
from transfers as t
left join enrollments as n on n.clinic_id = clinic and n.enrollment_id = t.enrollment_id
where t.clinic_id = clinic and t.day is not null and t.cause <> 'opening'
group by 1, 2, 3, 4, 5;
end;

create function weeks_paid(clinic uuid) returns setof paid_weeks
language sql stable set search_path = pg_catalog, public, pg_temp
begin atomic
select
    t.clinic_id, monday_of(t.day), t.unit, coalesce(t.enrollment_id, t.participant_id), coalesce(t.funding, ''),
    bit_or(1 << (t.day - monday_of(t.day)))::smallint
from transfers as t
where t.clinic_id = clinic and t.day is not null and t.cause <> 'opening'
group by 1, 2, 3, 4, 5;
end;

create function days_visited(clinic uuid) returns setof visit_days
language sql stable set search_path = pg_catalog, public, pg_temp
begin atomic
select
    clinic, k.day, k.program, sum(k.came)::integer, sum(k.missed)::integer, sum(k.earning)::integer,
    sum(k.failing)::integer, sum(k.resets)::integer, sum(k.recoveries)::integer
from (
    select
        (e.occurred_at at time zone c.zone)::date as day, n.program,
        (e.expected_on is null)::integer as came,
        (e.expected_on is not null and not exists (
            select from corrections as o where o.clinic_id = clinic and o.event_id = e.event_id
        ))::integer as missed,
        (e.expected_on is null and e.effect = 'success')::integer as earning,
        (e.expected_on is null and e.effect = 'failure')::integer as failing,
        0 as resets, 0 as recoveries
    from events as e
    inner join clinics as c on c.clinic_id = clinic
    inner join enrollments as n on n.clinic_id = clinic and n.enrollment_id = e.enrollment_id
    where e.clinic_id = clinic
    union all
    select
        (a.posted_at at time zone c.zone)::date, n.program, 0, 0, 0, 0,
        (position('"reset"'::bytea in a.why) > 0)::integer,
        (position('"recovered"'::bytea in a.why) > 0)::integer
    from awards as a
    inner join clinics as c on c.clinic_id = clinic
    inner join enrollments as n on n.clinic_id = clinic and n.enrollment_id = a.enrollment_id
    where
        a.clinic_id = clinic and a.kind = 'base'
        and (position('"reset"'::bytea in a.why) > 0 or position('"recovered"'::bytea in a.why) > 0)
) as k
group by k.day, k.program;
end;

create function days_waited(clinic uuid) returns setof visit_waits
language sql stable set search_path = pg_catalog, public, pg_temp
begin atomic
select
    e.clinic_id, (e.occurred_at at time zone c.zone)::date, n.program,
    wait_step(e.recorded_at - e.occurred_at), count(*)::integer
from events as e
inner join clinics as c on c.clinic_id = clinic
inner join enrollments as n on n.clinic_id = clinic and n.enrollment_id = e.enrollment_id
where e.clinic_id = clinic and e.expected_on is null
group by 1, 2, 3, 4;
end;
revoke all on function days_paid(uuid), weeks_paid(uuid), days_visited(uuid), days_waited(uuid) from public;
grant execute on function days_paid(uuid), weeks_paid(uuid), days_visited(uuid), days_waited(uuid) to rewards_service;

-- Writes a clinic's days anew from its facts, while nobody records: for the owner alone.
create function recount_days(clinic uuid) returns void
language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
    lock table transfers, events, awards, corrections in share row exclusive mode;
    delete from paid_days where clinic_id = clinic;
    delete from paid_weeks where clinic_id = clinic;
    delete from visit_days where clinic_id = clinic;
    delete from visit_waits where clinic_id = clinic;
    insert into paid_days select * from days_paid(clinic);
    insert into paid_weeks select * from weeks_paid(clinic);
    insert into visit_days select * from days_visited(clinic);
    insert into visit_waits select * from days_waited(clinic);
end
$$;
revoke all on function recount_days(uuid) from public;

do $$
begin
    perform recount_days(clinic_id) from clinics;
end
$$;

-- What else a report reads: each by the time of what it shows, and only the rows that it may show.
create index transfers_given on transfers (clinic_id, at) where 'given' in (source, destination);
create index transfers_opened on transfers (clinic_id, day) where cause = 'opening';
create index redemptions_given on redemptions (clinic_id, settled_at) where status = 'given';
create index prizes_given on prizes (clinic_id, given_at) where status = 'given';
create index cap_warnings_by_time on cap_warnings (clinic_id, cap_id, reached_at);
