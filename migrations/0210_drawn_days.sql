-- Runs under releases that know 0066_moved_alone.sql.
--
-- Days drawn by lot: each day that had its turn, with what it was decided from. A program that names days at random asks
-- somebody to come on those that were drawn; none stands here before its own morning.
create table drawn_days (
    clinic_id uuid not null,
    enrollment_id uuid not null,
    target text not null,
    day date not null,
    drawn_day_id uuid not null,
    -- The version of the program that it was drawn by.
    version integer not null,
    -- The days of its program week that were left to draw from, itself the first, and how many of them were still wanted.
    days date [] not null,
    wanted integer not null,
    -- The slip, from 1 to the number of days left; none where nothing more was wanted. The first `wanted` slips draw the day.
    slip integer,
    is_drawn boolean not null,
    seed_id uuid not null,
    drawn_at timestamptz not null,
    constraint drawn_days_key primary key (clinic_id, enrollment_id, target, day),
    constraint drawn_days_id_is_unique unique (clinic_id, drawn_day_id),
    constraint drawn_days_enrollment_exists foreign key (clinic_id, enrollment_id)
    references enrollments (clinic_id, enrollment_id),
    constraint drawn_days_seed_exists foreign key (clinic_id, seed_id) references seeds (clinic_id, seed_id),
    constraint drawn_days_begin_with_the_day check (cardinality(days) between 1 and 7 and days[1] = day),
    constraint drawn_days_wanted_counts check (wanted between 0 and 7),
    constraint drawn_days_slip_where_wanted check (
        (slip is null) = (wanted = 0) and slip between 1 and cardinality(days)
    ),
    constraint drawn_days_follow_their_slip check (is_drawn = (coalesce(slip, 8) <= wanted))
);
-- Whether anything was drawn with a seed, and what was drawn of a day.
create index drawn_days_by_seed on drawn_days (clinic_id, seed_id);

alter table drawn_days enable row level security;
alter table drawn_days force row level security;
create policy drawn_days_own_clinic on drawn_days
using (clinic_id = (select current_setting('app.clinic')::uuid));
grant select, insert on drawn_days to rewards_service;
