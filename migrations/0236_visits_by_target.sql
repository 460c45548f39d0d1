-- Runs under releases that know 0066_moved_alone.sql.
--
-- What a report adds up of visits is kept by target and by who recorded them, and as it stands: a correction moves what
-- its event counts as, and whoever did not come is not counted among those who came, whoever said so. Beside each
-- enrollment's checkpoint stands when somebody came last, so that who stays follows from when they came, in whichever
-- order that was recorded.

-- What stands of its event after a correction: the outcome, none where the event is withdrawn, and what that counts as.
alter table corrections
add column stands text,
add column standing text,
add constraint corrections_standing_is_known check (standing in ('success', 'failure', 'neutral', 'withdrawn')),
add constraint corrections_withdrawn_stand_for_nothing check ((standing = 'withdrawn') = (stands is null));

-- Says what stands where whoever wrote the correction did not, as releases before this one: by its kind, and where it
-- takes another back by what stood before that one. What an outcome counts as follows from its word there.
create function corrections_say_what_stands() returns trigger
language plpgsql set search_path = pg_catalog, public, pg_temp
as $$
declare
    taken integer;
begin
    if new.about_id <> new.event_id then
        select fact_no into taken from corrections
        where clinic_id = new.clinic_id and correction_id = new.about_id;
        select c.stands, c.standing into new.stands, new.standing from corrections as c
        where c.clinic_id = new.clinic_id and c.event_id = new.event_id and c.fact_no < taken
        order by c.fact_no desc
        limit 1;
        if not found then
            select outcome, effect into new.stands, new.standing from events
            where clinic_id = new.clinic_id and event_id = new.event_id;
        end if;
    elsif new.kind = 'entry_error' then
        new.stands := null;
        new.standing := 'withdrawn';
    elsif new.kind = 'excuse' then
        new.stands := 'excused';
        new.standing := 'neutral';
    else
        new.stands := new.outcome;
        new.standing := case
            when new.outcome in ('negative', 'attended', 'completed', 'taken', 'verified') then 'success'
            when new.outcome in ('excused', 'pending', 'rescheduled', 'held_by_prescriber') then 'neutral'
            else 'failure'
        end;
    end if;
    return new;
end
$$;
revoke all on function corrections_say_what_stands() from public;
grant execute on function corrections_say_what_stands() to rewards_service;

lock table transfers, events, awards, corrections, checkpoints in share row exclusive mode;

-- What stands on record already says so as well, each in its turn: a later one looks at those before it.
alter table corrections disable trigger user;
create trigger corrections_say_what_stands before update on corrections
for each row when (new.standing is null) execute function corrections_say_what_stands();
do $$
declare
    one record;
begin
    for one in select clinic_id, enrollment_id, fact_no from corrections order by clinic_id, enrollment_id, fact_no loop
        update corrections as c set digest = c.digest
        where c.clinic_id = one.clinic_id and c.enrollment_id = one.enrollment_id and c.fact_no = one.fact_no;
    end loop;
end
$$;
drop trigger corrections_say_what_stands on corrections;
alter table corrections enable trigger user;
create trigger corrections_say_what_stands before insert on corrections
for each row when (new.standing is null) execute function corrections_say_what_stands();

-- What an event counts as: by the outcome that stands, and whether that is what the service said of a visit that nobody
-- came to. An excused visit is neither one that somebody came to nor one that was missed.
create function is_came(outcome text, is_expected boolean) returns boolean
language sql immutable parallel safe
return not is_expected and outcome not in ('missed', 'absent', 'excused', 'rescheduled');

create function is_missed(outcome text, is_expected boolean) returns boolean
language sql immutable parallel safe
return is_expected or outcome in ('missed', 'absent');

create type came_checkpoint_row as (enrollment_id uuid, facts integer, state bytea, came_at timestamptz);
alter table checkpoints add column came_at timestamptz;

delete from visit_days;
delete from visit_waits;
alter table visit_days
add column target text not null,
add column recorded_by uuid not null,
drop constraint visit_days_key,
add constraint visit_days_key primary key (clinic_id, day, program, target, recorded_by);
alter table visit_waits
add column recorded_by uuid not null,
drop constraint visit_waits_key,
add constraint visit_waits_key primary key (clinic_id, day, program, recorded_by, minutes);

create or replace function events_count_by_day() returns trigger
language plpgsql set search_path = pg_catalog, public, pg_temp
as $$
begin
    with told as materialized (
        select
            e.clinic_id, (e.occurred_at at time zone c.zone)::date as day, n.program, e.target, e.recorded_by, e.effect,
            is_came(e.outcome, e.expected_on is not null) as came,
            is_missed(e.outcome, e.expected_on is not null) as missed,
            wait_step(e.recorded_at - e.occurred_at) as minutes
        from added as e
        inner join clinics as c on c.clinic_id = e.clinic_id
        inner join enrollments as n on n.clinic_id = e.clinic_id and n.enrollment_id = e.enrollment_id
    ),

    waited as (
        insert into visit_waits as d (clinic_id, day, program, recorded_by, minutes, visits)
        select clinic_id, day, program, recorded_by, minutes, count(*)
        from told
        where came
        group by 1, 2, 3, 4, 5
        order by 1, 2, 3, 4, 5
        on conflict (clinic_id, day, program, recorded_by, minutes) do update set visits = d.visits + excluded.visits
    )

    insert into visit_days as d (
        clinic_id, day, program, target, recorded_by, came, missed, earning, failing, resets, recoveries
    )
    select
        clinic_id, day, program, target, recorded_by, count(*) filter (where came), count(*) filter (where missed),
        count(*) filter (where came and effect = 'success'), count(*) filter (where came and effect = 'failure'), 0, 0
    from told
    group by 1, 2, 3, 4, 5
    order by 1, 2, 3, 4, 5
    on conflict (clinic_id, day, program, target, recorded_by) do update
    set
        came = d.came + excluded.came, missed = d.missed + excluded.missed,
        earning = d.earning + excluded.earning, failing = d.failing + excluded.failing;
    return null;
end
$$;

create or replace function awards_count_by_day() returns trigger
language plpgsql set search_path = pg_catalog, public, pg_temp
as $$
begin
    insert into visit_days as d (
        clinic_id, day, program, target, recorded_by, came, missed, earning, failing, resets, recoveries
    )
    select
        a.clinic_id, (a.posted_at at time zone c.zone)::date, n.program, e.target, e.recorded_by, 0, 0, 0, 0,
        count(*) filter (where position('"reset"'::bytea in a.why) > 0),
        count(*) filter (where position('"recovered"'::bytea in a.why) > 0)
    from added as a
    inner join clinics as c on c.clinic_id = a.clinic_id
    inner join enrollments as n on n.clinic_id = a.clinic_id and n.enrollment_id = a.enrollment_id
    inner join events as e on e.clinic_id = a.clinic_id and e.event_id = a.event_id
    where
        a.kind = 'base'
        and (position('"reset"'::bytea in a.why) > 0 or position('"recovered"'::bytea in a.why) > 0)
    group by 1, 2, 3, 4, 5
    order by 1, 2, 3, 4, 5
    on conflict (clinic_id, day, program, target, recorded_by) do update
    set resets = d.resets + excluded.resets, recoveries = d.recoveries + excluded.recoveries;
    return null;
end
$$;

-- What an event is counted as by the facts before a number: the last correction says it, where there is one.
-- `waits` where it was recorded of somebody who came, and still is.
create function event_counts(clinic uuid, event uuid, before integer)
returns table (
    day date, program text, target text, recorded_by uuid, minutes integer,
    came integer, missed integer, earning integer, failing integer, waits integer
)
language sql stable set search_path = pg_catalog, public, pg_temp
begin atomic
select
    (e.occurred_at at time zone z.zone)::date, n.program, e.target, e.recorded_by,
    wait_step(e.recorded_at - e.occurred_at), k.came::integer, k.missed::integer,
    (k.came and k.effect = 'success')::integer, (k.came and k.effect = 'failure')::integer,
    (k.came and is_came(e.outcome, e.expected_on is not null))::integer
from events as e
inner join clinics as z on z.clinic_id = clinic
inner join enrollments as n on n.clinic_id = clinic and n.enrollment_id = e.enrollment_id
left join lateral (
    select c.stands, c.standing from corrections as c
    where c.clinic_id = clinic and c.event_id = e.event_id and c.fact_no < before
    order by c.fact_no desc
    limit 1
) as l on true
cross join lateral (
    select
        coalesce(l.standing, e.effect) as effect,
        coalesce(l.standing, '') <> 'withdrawn'
        and is_came(coalesce(l.stands, e.outcome), e.expected_on is not null and coalesce(l.stands, e.outcome) = e.outcome)
        as came,
        coalesce(l.standing, '') <> 'withdrawn'
        and is_missed(
            coalesce(l.stands, e.outcome), e.expected_on is not null and coalesce(l.stands, e.outcome) = e.outcome
        ) as missed
) as k
where e.clinic_id = clinic and e.event_id = event;
end;

-- When somebody came last by what stands of an enrollment; none where nobody ever did.
create function last_came(clinic uuid, enrollment uuid) returns timestamptz
language sql stable set search_path = pg_catalog, public, pg_temp
begin atomic
select max(e.occurred_at)
from events as e
left join lateral (
    select c.stands, c.standing from corrections as c
    where c.clinic_id = clinic and c.event_id = e.event_id
    order by c.fact_no desc
    limit 1
) as l on true
where
    e.clinic_id = clinic and e.enrollment_id = enrollment and coalesce(l.standing, '') <> 'withdrawn'
    and is_came(coalesce(l.stands, e.outcome), e.expected_on is not null and coalesce(l.stands, e.outcome) = e.outcome);
end;

-- A correction takes its event off what it counted as before, and adds it as what stands; and looks anew when somebody
-- came last.
create or replace function corrections_count_by_day() returns trigger
language plpgsql set search_path = pg_catalog, public, pg_temp
as $$
begin
    with corrected as materialized (
        select clinic_id, event_id, enrollment_id, min(fact_no) as first_no from added group by 1, 2, 3
    ),

    changed as materialized (
        select
            c.clinic_id, b.day, b.program, b.target, b.recorded_by, b.minutes, a.came - b.came as came,
            a.missed - b.missed as missed, a.earning - b.earning as earning, a.failing - b.failing as failing,
            a.waits - b.waits as waits
        from corrected as c
        cross join lateral event_counts(c.clinic_id, c.event_id, c.first_no) as b
        cross join lateral event_counts(c.clinic_id, c.event_id, 2147483647) as a
    ),

    waited as (
        update visit_waits as d set visits = d.visits + k.waits
        from (
            select clinic_id, day, program, recorded_by, minutes, sum(waits)::integer as waits
            from changed
            group by 1, 2, 3, 4, 5
        ) as k
        where
            k.waits <> 0 and d.clinic_id = k.clinic_id and d.day = k.day and d.program = k.program
            and d.recorded_by = k.recorded_by and d.minutes = k.minutes
    ),

    came as (
        update checkpoints as d
        set came_at = last_came(d.clinic_id, d.enrollment_id)
        where (d.clinic_id, d.enrollment_id) in (select clinic_id, enrollment_id from corrected)
    )

    update visit_days as d
    set
        came = d.came + k.came, missed = d.missed + k.missed, earning = d.earning + k.earning,
        failing = d.failing + k.failing
    from (
        select
            clinic_id, day, program, target, recorded_by, sum(came)::integer as came, sum(missed)::integer as missed,
            sum(earning)::integer as earning, sum(failing)::integer as failing
        from changed
        group by 1, 2, 3, 4, 5
    ) as k
    where
        d.clinic_id = k.clinic_id and d.day = k.day and d.program = k.program and d.target = k.target
        and d.recorded_by = k.recorded_by;
    return null;
end
$$;

-- All events of a clinic with what each is counted as.
create function events_counted(clinic uuid)
returns table (
    enrollment_id uuid, occurred_at timestamptz, day date, program text, target text, recorded_by uuid, minutes integer,
    came boolean, missed boolean, effect text, waits boolean
)
language sql stable set search_path = pg_catalog, public, pg_temp
begin atomic
with last as materialized (
    select distinct on (c.event_id) c.event_id, c.stands, c.standing
    from corrections as c
    where c.clinic_id = clinic
    order by c.event_id, c.fact_no desc
)

select
    e.enrollment_id, e.occurred_at, (e.occurred_at at time zone z.zone)::date, n.program, e.target, e.recorded_by,
    wait_step(e.recorded_at - e.occurred_at), k.came, k.missed, coalesce(l.standing, e.effect),
    k.came and is_came(e.outcome, e.expected_on is not null)
from events as e
inner join clinics as z on z.clinic_id = clinic
inner join enrollments as n on n.clinic_id = clinic and n.enrollment_id = e.enrollment_id
left join last as l on l.event_id = e.event_id
cross join lateral (
    select
        coalesce(l.standing, '') <> 'withdrawn' and is_came(o.outcome, o.is_expected) as came,
        coalesce(l.standing, '') <> 'withdrawn' and is_missed(o.outcome, o.is_expected) as missed
    from (
        select
            coalesce(l.stands, e.outcome) as outcome,
            e.expected_on is not null and coalesce(l.stands, e.outcome) = e.outcome as is_expected
    ) as o
) as k
where e.clinic_id = clinic;
end;

drop function days_visited(uuid), days_waited(uuid);
create function days_visited(clinic uuid) returns setof visit_days
language sql stable set search_path = pg_catalog, public, pg_temp
begin atomic
select
    clinic, k.day, k.program, sum(k.came)::integer, sum(k.missed)::integer, sum(k.earning)::integer,
    sum(k.failing)::integer, sum(k.resets)::integer, sum(k.recoveries)::integer, k.target, k.recorded_by
from (
    select
        e.day, e.program, e.target, e.recorded_by, e.came::integer as came, e.missed::integer as missed,
        (e.came and e.effect = 'success')::integer as earning, (e.came and e.effect = 'failure')::integer as failing,
        0 as resets, 0 as recoveries
    from events_counted(clinic) as e
    union all
    select
        (a.posted_at at time zone c.zone)::date, n.program, e.target, e.recorded_by, 0, 0, 0, 0,
        (position('"reset"'::bytea in a.why) > 0)::integer,
        (position('"recovered"'::bytea in a.why) > 0)::integer
    from awards as a
    inner join clinics as c on c.clinic_id = clinic
    inner join enrollments as n on n.clinic_id = clinic and n.enrollment_id = a.enrollment_id
    inner join events as e on e.clinic_id = clinic and e.event_id = a.event_id
    where
        a.clinic_id = clinic and a.kind = 'base'
        and (position('"reset"'::bytea in a.why) > 0 or position('"recovered"'::bytea in a.why) > 0)
) as k
group by k.day, k.program, k.target, k.recorded_by;
end;

create function days_waited(clinic uuid) returns setof visit_waits
language sql stable set search_path = pg_catalog, public, pg_temp
begin atomic
select clinic, e.day, e.program, e.minutes, count(*)::integer, e.recorded_by
from events_counted(clinic) as e
where e.waits
group by e.day, e.program, e.minutes, e.recorded_by;
end;

-- When somebody came last, by enrollment.
create function last_comings(clinic uuid) returns table (enrollment_id uuid, came_at timestamptz)
language sql stable set search_path = pg_catalog, public, pg_temp
begin atomic
select e.enrollment_id, max(e.occurred_at) from events_counted(clinic) as e where e.came group by e.enrollment_id;
end;

-- A release before writes a checkpoint without it. Where it is as it was although more is on record, it is looked for at
-- the end of the transaction, once the events are there; whoever writes it pays for that only where nobody came last.
create function checkpoints_say_who_came() returns trigger
language plpgsql set search_path = pg_catalog, public, pg_temp
as $$
declare
    came timestamptz := last_came(new.clinic_id, new.enrollment_id);
begin
    update checkpoints as c set came_at = came
    where c.clinic_id = new.clinic_id and c.enrollment_id = new.enrollment_id and c.came_at is distinct from came;
    return null;
end
$$;
revoke all on function checkpoints_say_who_came() from public;
grant execute on function checkpoints_say_who_came() to rewards_service;
create constraint trigger checkpoints_say_who_came_first after insert on checkpoints
deferrable initially deferred
for each row when (new.came_at is null) execute function checkpoints_say_who_came();
create constraint trigger checkpoints_say_who_came_since after update on checkpoints
deferrable initially deferred
for each row when (new.facts > old.facts and new.came_at is not distinct from old.came_at)
execute function checkpoints_say_who_came();

create or replace function recount_days(clinic uuid) returns void
language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
    lock table transfers, events, awards, corrections, checkpoints in share row exclusive mode;
    delete from paid_days where clinic_id = clinic;
    delete from paid_spans where clinic_id = clinic;
    delete from visit_days where clinic_id = clinic;
    delete from visit_waits where clinic_id = clinic;
    insert into paid_days select * from days_paid(clinic);
    insert into paid_spans select * from spans_paid(clinic);
    insert into visit_days select * from days_visited(clinic);
    insert into visit_waits select * from days_waited(clinic);
    update checkpoints as c set came_at = l.came_at
    from checkpoints as k
    left join last_comings(clinic) as l on l.enrollment_id = k.enrollment_id
    where
        k.clinic_id = clinic and c.clinic_id = k.clinic_id and c.enrollment_id = k.enrollment_id
        and c.came_at is distinct from l.came_at;
end
$$;

revoke all on function is_came(text, boolean), is_missed(text, boolean), event_counts(uuid, uuid, integer),
    last_came(uuid, uuid), events_counted(uuid), last_comings(uuid), days_visited(uuid), days_waited(uuid) from public;
grant execute on function is_came(text, boolean), is_missed(text, boolean), event_counts(uuid, uuid, integer),
    last_came(uuid, uuid), events_counted(uuid), last_comings(uuid), days_visited(uuid), days_waited(uuid)
to rewards_service;

do $$
begin
    perform recount_days(clinic_id) from clinics;
end
$$;
