-- Merges: two charts that are about one person become one.
--
-- What is on record stays where it is: events, awards, corrections, draws and transfers keep the chart that they were
-- written under. The chart that ends leads to the one that survives, for ever; its enrollments are the survivor's; and
-- what it had is moved by transfers of its own cause. A merge and its undoing are facts: neither is ever changed.

-- Where a chart leads since it ended in a merge: always to the last survivor, so that one step is enough.
alter table participants add column survivor_id uuid;
alter table participants add column survived_since timestamptz;
-- Whether a merge was ever about it, undone or not: only then are other charts' rows looked at for it.
alter table participants add column has_merged boolean not null default false;
alter table participants add constraint participants_survivor_exists
foreign key (clinic_id, survivor_id) references participants (clinic_id, participant_id);
alter table participants add constraint participants_survivor_is_another check (survivor_id <> participant_id);
alter table participants add constraint participants_survivor_since_when
check ((survivor_id is null) = (survived_since is null));
alter table participants add constraint participants_survivor_by_a_merge check (survivor_id is null or has_merged);
create index participants_by_survivor on participants (clinic_id, survivor_id) where survivor_id is not null;

-- The chart that an enrollment was opened under, where that is not its participant's own by now: what was consented to
-- for that chart holds for it, and it goes back there when the merge is undone.
alter table enrollments add column chart_id uuid;
alter table enrollments add constraint enrollments_chart_exists
foreign key (clinic_id, chart_id) references participants (clinic_id, participant_id);
alter table enrollments add constraint enrollments_chart_is_another check (chart_id <> participant_id);

create table merges (
    clinic_id uuid not null,
    merge_id uuid not null,
    survivor_id uuid not null,
    ended_id uuid not null,
    merged_at timestamptz not null,
    merged_by uuid not null,
    -- The enrollments that were closed since both charts had one open in the program: its undoing opens them again.
    closed uuid [] not null,
    constraint merges_key primary key (clinic_id, merge_id),
    -- For the undoing, which names who merged.
    constraint merges_by_somebody unique (clinic_id, merge_id, merged_by),
    constraint merges_survivor_exists foreign key (clinic_id, survivor_id)
    references participants (clinic_id, participant_id),
    constraint merges_ended_exists foreign key (clinic_id, ended_id)
    references participants (clinic_id, participant_id),
    constraint merges_are_of_two_charts check (survivor_id <> ended_id)
);
create index merges_by_survivor on merges (clinic_id, survivor_id, merge_id);
create index merges_by_ended on merges (clinic_id, ended_id, merge_id);

-- Which merge withdrew an event, for the other chart held the same visit: its undoing takes that back. Somebody came to
-- that visit all the same.
alter table corrections add column merge_id uuid;
alter table corrections add constraint corrections_merge_exists
foreign key (clinic_id, merge_id) references merges (clinic_id, merge_id);
alter table corrections add constraint corrections_merge_only_withdraws
check (merge_id is null or kind = 'entry_error');
create index corrections_by_merge on corrections (clinic_id, merge_id) where merge_id is not null;

create table unmerges (
    clinic_id uuid not null,
    merge_id uuid not null,
    merged_by uuid not null,
    undone_at timestamptz not null,
    undone_by uuid not null,
    -- A merge is undone once.
    constraint unmerges_key primary key (clinic_id, merge_id),
    constraint unmerges_merge_exists foreign key (clinic_id, merge_id, merged_by)
    references merges (clinic_id, merge_id, merged_by),
    constraint unmerges_by_another_person check (undone_by <> merged_by)
);

do $$
declare
    clinic_table text;
begin
    foreach clinic_table in array array['merges', 'unmerges'] loop
        execute format('alter table %I enable row level security', clinic_table);
        execute format(
            'create policy %I on %I using (clinic_id = (select current_setting(''app.clinic'')::uuid))',
            clinic_table || '_own_clinic', clinic_table
        );
    end loop;
end
$$;

grant select, insert on merges, unmerges to rewards_service;

-- What a chart had is moved by way of an account between the two, `merged`, which nothing else touches and which one
-- merge leaves at zero. Nothing is credited by it, so that no cap, tax or report counts it.
alter table transfers drop constraint transfers_accounts_are_known;
alter table transfers add constraint transfers_accounts_are_known
check (
    source in ('issued', 'available', 'held', 'given', 'merged')
    and destination in ('issued', 'available', 'held', 'given', 'merged')
);
alter table transfers drop constraint transfers_cause_is_known;
alter table transfers add constraint transfers_cause_is_known
check (cause in ('award', 'redemption', 'draw', 'prize', 'hat', 'manual', 'merge'));
alter table transfers add constraint transfers_merged_by_a_merge
check ((cause = 'merge') = ('merged' in (source, destination)));

-- Whose a transfer is by now: whose its enrollment is; without one, where the chart leads that its redemption or
-- manual award was made for, or that it was made on. After a merge was undone that may be another chart than the one
-- on whose accounts it was made.
create view owned_transfers with (security_invoker = true) as
select
    t.*,
    coalesce(
        (
            select n.participant_id from enrollments as n
            where n.clinic_id = t.clinic_id and n.enrollment_id = t.enrollment_id
        ),
        (
            select coalesce(c.survivor_id, c.participant_id)
            from (
                select coalesce(
                    (
                        select r.participant_id from redemptions as r
                        where t.cause = 'redemption' and r.clinic_id = t.clinic_id and r.redemption_id = t.cause_id
                    ),
                    (
                        select m.participant_id from manual_awards as m
                        where t.cause = 'manual' and m.clinic_id = t.clinic_id and m.manual_award_id = t.cause_id
                    ),
                    t.participant_id
                ) as participant_id
                offset 0
            ) as made
            cross join lateral (
                select * from participants
                where participants.clinic_id = t.clinic_id and participants.participant_id = made.participant_id
                offset 0
            ) as c
        )
    ) as owner_id
from transfers as t;

grant select on owned_transfers to rewards_service;

-- The charts on whose accounts transfers of a person can be: their own, those that lead to it, and every survivor that
-- one of these ever led to.
create function accounts_of(clinic uuid, person uuid)
returns setof uuid
language sql
stable
set search_path = pg_catalog, public, pg_temp
begin atomic
with recursive own (participant_id) as (
    select accounts_of.person
    union
    select p.participant_id from participants as p
    where p.clinic_id = accounts_of.clinic and p.survivor_id = accounts_of.person
    union
    select m.survivor_id from own
    inner join merges as m on m.clinic_id = accounts_of.clinic and m.ended_id = own.participant_id
)

select own.participant_id from own;
end;
revoke all on function accounts_of(uuid, uuid) from public;
grant execute on function accounts_of(uuid, uuid) to rewards_service;
