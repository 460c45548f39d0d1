-- Runs under releases that know 0066_moved_alone.sql.
--
-- Of whom a sum is, by eight weeks instead of by one: a report of a year counts its people over a fifth of the rows, and
-- an event writes no more than before, for a row of eight weeks is one insert and then changes of its bits. Nothing is
-- lost: of the 56 days each has its own bit. `paid_weeks` stays as what it was, read from the spans, for releases that ask
-- for it.

-- The Monday that begins the eight weeks of a day: the first of all is that of the year 1.
create function span_of(day date) returns date
language sql immutable parallel safe
return date '0001-01-01' + (day - date '0001-01-01') / 56 * 56;

-- The days of a span from one day to another, as bits: what is set of them in `days` was paid then.
create function days_within(days bigint, span date, first_day date, last_day date) returns bigint
language sql immutable parallel safe
return case
    when last_day < span or first_day > span + 55 then 0
    else days & (
        ((2::bigint << least(last_day - span, 55)) - 1) & ~((1::bigint << greatest(first_day - span, 0)) - 1)
    )
end;

-- On which days of eight weeks something was credited or taken back, by enrollment (by participant where it was for none)
-- and by who pays. Of `days` the lowest bit is the first Monday. How many people that are is not kept, for it is no sum:
-- who was paid in two spans is one person in both.
create table paid_spans (
    clinic_id uuid not null,
    span date not null,
    unit text not null,
    account_id uuid not null,
    funding text not null,
    days bigint not null,
    constraint paid_spans_key primary key (clinic_id, span, unit, account_id, funding),
    constraint paid_spans_have_days check (days >= 1 and days < 72057594037927936),
    constraint paid_spans_begin_with_one check ((span - date '0001-01-01') % 56 = 0)
) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.05);
-- Forced once all migrations are through, as for every table: the owner fills it first.
alter table paid_spans enable row level security;
create policy paid_spans_own_clinic on paid_spans
using (clinic_id = (select current_setting('app.clinic')::uuid));
grant select, insert, update on paid_spans to rewards_service;

-- Nobody records between what is taken over and what counts from then on.
lock table transfers, paid_weeks in share row exclusive mode;
insert into paid_spans (clinic_id, span, unit, account_id, funding, days)
select clinic_id, span_of(week), unit, account_id, funding, bit_or(days::bigint << (week - span_of(week)))
from paid_weeks
group by 1, 2, 3, 4, 5;

create or replace function transfers_count_by_day() returns trigger
language plpgsql set search_path = pg_catalog, public, pg_temp
as $$
begin
    with moved as materialized (
        select
            t.clinic_id, t.day, span_of(t.day) as span, t.unit, coalesce(t.enrollment_id, t.participant_id) as account_id,
            coalesce(t.funding, '') as funding, t.enrollment_id,
            case when t.source = 'issued' then t.amount else 0 end as credited,
            case when t.destination = 'issued' then t.amount else 0 end as taken_back
        from added as t
        where t.day is not null and t.cause <> 'opening'
    ),

    present as (
        insert into paid_spans as w (clinic_id, span, unit, account_id, funding, days)
        select clinic_id, span, unit, account_id, funding, bit_or(1::bigint << (day - span))
        from moved
        group by 1, 2, 3, 4, 5
        order by 1, 2, 3, 4, 5
        on conflict (clinic_id, span, unit, account_id, funding) do update
        set days = w.days | excluded.days
        where w.days & excluded.days <> excluded.days
    )

    insert into paid_days as d (clinic_id, day, unit, program, funding, credited, taken_back)
    select
        m.clinic_id, m.day, m.unit, coalesce(n.program, ''), m.funding, sum(m.credited), sum(m.taken_back)
    from moved as m
    left join enrollments as n on n.clinic_id = m.clinic_id and n.enrollment_id = m.enrollment_id
    group by 1, 2, 3, 4, 5
    -- In one order, so that no two wait for each other in a ring.
    order by 1, 2, 3, 4, 5
    on conflict (clinic_id, day, unit, program, funding) do update
    set credited = d.credited + excluded.credited, taken_back = d.taken_back + excluded.taken_back;
    return null;
end
$$;

create function spans_paid(clinic uuid) returns setof paid_spans
language sql stable set search_path = pg_catalog, public, pg_temp
begin atomic
select
    t.clinic_id, span_of(t.day), t.unit, coalesce(t.enrollment_id, t.participant_id), coalesce(t.funding, ''),
    bit_or(1::bigint << (t.day - span_of(t.day)))
from transfers as t
where t.clinic_id = clinic and t.day is not null and t.cause <> 'opening'
group by 1, 2, 3, 4, 5;
end;

create or replace function recount_days(clinic uuid) returns void
language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
    lock table transfers, events, awards, corrections in share row exclusive mode;
    delete from paid_days where clinic_id = clinic;
    delete from paid_spans where clinic_id = clinic;
    delete from visit_days where clinic_id = clinic;
    delete from visit_waits where clinic_id = clinic;
    insert into paid_days select * from days_paid(clinic);
    insert into paid_spans select * from spans_paid(clinic);
    insert into visit_days select * from days_visited(clinic);
    insert into visit_waits select * from days_waited(clinic);
end
$$;
drop function weeks_paid(uuid);
drop table paid_weeks;

-- As it was, for releases that ask for weeks.
create view paid_weeks with (security_invoker = true) as
select
    s.clinic_id, s.span + 7 * k.place as week, s.unit, s.account_id, s.funding,
    ((s.days >> (7 * k.place)) & 127)::smallint as days
from paid_spans as s
cross join generate_series(0, 7) as k (place)
where (s.days >> (7 * k.place)) & 127 > 0;
grant select on paid_weeks to rewards_service;
create function weeks_paid(clinic uuid) returns setof paid_weeks
language sql stable set search_path = pg_catalog, public, pg_temp
begin atomic
select
    s.clinic_id, s.span + 7 * k.place, s.unit, s.account_id, s.funding, ((s.days >> (7 * k.place)) & 127)::smallint
from spans_paid(clinic) as s
cross join generate_series(0, 7) as k (place)
where (s.days >> (7 * k.place)) & 127 > 0;
end;

revoke all on function span_of(date), days_within(bigint, date, date, date), spans_paid(uuid), weeks_paid(uuid) from public;
grant execute on function span_of(date), days_within(bigint, date, date, date), spans_paid(uuid), weeks_paid(uuid)
to rewards_service;

-- The sums, which triggers keep, are not looked at one by one.
create or replace function let_tables_look() returns integer
language plpgsql set search_path = pg_catalog, public, pg_temp
as $$
declare
    one record;
    given integer := 0;
begin
    for one in
        select c.oid, c.relname as name from pg_class as c
        where
            c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
            and exists (
                select from pg_attribute as a
                where a.attrelid = c.oid and a.attname = 'clinic_id' and not a.attisdropped
            )
            and not exists (
                select from pg_trigger as t where t.tgrelid = c.oid and t.tgname = c.relname || '_here'
            )
            and c.relname not in (
                'clinic_moves', 'events', 'checkpoints', 'awards', 'transfers', 'balances', 'notices', 'audit',
                'paid_days', 'paid_spans', 'visit_days', 'visit_waits'
            )
        order by c.relname
    loop
        execute format(
            'create trigger %I before insert or update or delete on %I for each statement '
            'execute function clinic_is_here()', one.name || '_here', one.name
        );
        given := given + 1;
    end loop;
    return given;
end
$$;
