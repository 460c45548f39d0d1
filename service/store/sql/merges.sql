-- part: columns
m.merge_id, m.survivor_id, m.ended_id, m.merged_at, m.merged_by, m.closed, m.reason, u.undone_at, u.undone_by,
u.reason as undone_reason;

-- name: charts
-- Where some charts lead, and since when; of those that there are.
select p.participant_id, p.survivor_id, p.survived_since, p.has_merged
from unnest(:participants::uuid[]) as asked (participant_id)
cross join lateral (
    select * from participants
    where participants.clinic_id = :clinic and participants.participant_id = asked.participant_id
    offset 0
) as p;

-- name: enrollments_over
-- Make the enrollments of one chart those of another, and keep under which they were opened.
update enrollments
set participant_id = :survivor_id, chart_id = coalesce(chart_id, participant_id), changed_at = :now
where clinic_id = :clinic and participant_id = :ended_id;

-- name: enrollments_back
-- Give enrollments back that were opened under some charts.
update enrollments
set participant_id = :ended_id, chart_id = nullif(chart_id, :ended_id), changed_at = :now
where clinic_id = :clinic and participant_id = :survivor_id and chart_id = any(:charts::uuid[]);

-- name: events
-- How many events some enrollments have.
select count(*) from unnest(:enrollments::uuid[]) as asked (enrollment_id)
cross join lateral (
    select from events
    where events.clinic_id = :clinic and events.enrollment_id = asked.enrollment_id
    offset 0
) as e;

-- name: held
-- The redemptions of some charts that wait to be handed over, or are on order.
select r.redemption_id
from unnest(:charts::uuid[]) as asked (participant_id)
cross join lateral (
    select * from redemptions
    where
        redemptions.clinic_id = :clinic
        and redemptions.participant_id = asked.participant_id
        and status in ('held', 'ordered', 'awaiting_provider', 'awaiting_funds')
    offset 0
) as r
order by r.redemption_id;

-- name: insert
insert into merges (clinic_id, merge_id, survivor_id, ended_id, merged_at, merged_by, closed, reason)
values (:clinic, :merge_id, :survivor_id, :ended_id, :now, :merged_by, :closed::uuid[], :reason);

-- name: lead
-- Let charts lead to a survivor from now on, or nowhere where it is none.
update participants
set
    survivor_id = :survivor_id, has_merged = true, changed_at = :now,
    survived_since = case when :survivor_id::uuid is null then null else :now::timestamptz end
where clinic_id = :clinic and participant_id = any(:participants::uuid[]);

-- name: meet
-- A chart that another one leads to: what is asked of it looks at the other's rows too.
update participants set has_merged = true, changed_at = :now
where clinic_id = :clinic and participant_id = :participant_id and not has_merged;

-- name: moved
-- What a merge moved to its survivor; to the chart that had ended its undoing moves parts of that back.
select t.unit, t.destination, t.amount
from transfers as t
where
    t.clinic_id = :clinic and t.participant_id = :participant_id and t.cause = 'merge' and t.cause_id = :merge_id
    and t.source = 'merged';

-- name: of_chart
-- The merges that one chart was ever part of, newest first.
select {columns}
from (
    select * from merges where clinic_id = :clinic and survivor_id = :participant_id
    union all
    select * from merges where clinic_id = :clinic and ended_id = :participant_id
) as m
left join unmerges as u on u.clinic_id = :clinic and m.merge_id = u.merge_id
order by m.merge_id desc;

-- name: open_again
-- Open an enrollment again that a merge had closed.
update enrollments set closed_on = null, close_reason = null, closed_by = null, changed_at = :now
where clinic_id = :clinic and enrollment_id = :enrollment_id;

-- name: opened_under
-- The enrollments that were opened under some charts, whosever they are by now.
select e.enrollment_id
from (
    select distinct coalesce(p.survivor_id, p.participant_id) as participant_id from participants as p
    where p.clinic_id = :clinic and p.participant_id = any(:charts::uuid[])
) as person
cross join lateral (
    select * from enrollments
    where enrollments.clinic_id = :clinic and enrollments.participant_id = person.participant_id
    offset 0
) as e
where coalesce(e.chart_id, e.participant_id) = any(:charts::uuid[])
order by e.enrollment_id;

-- name: owned_since
-- What was moved since a merge for what is a chart's own, on the accounts of others.
select t.unit, t.source, t.destination, sum(t.amount)::bigint as amount
from accounts_of(:clinic, :ended_id) as account (participant_id)
cross join lateral (
    select * from owned_transfers
    where
        owned_transfers.clinic_id = :clinic
        and owned_transfers.participant_id = account.participant_id
        and owned_transfers.cause <> 'merge'
        and owned_transfers.at >= :since
    offset 0
) as t
where account.participant_id <> all(:charts::uuid[]) and t.owner_id = :ended_id
group by t.unit, t.source, t.destination;

-- name: person
-- A person by the id of any of their charts: the charts that lead to theirs, and on whose accounts their transfers can
-- be.
select
    root.participant_id, root.has_merged,
    case when root.has_merged then array(
        select p.participant_id from participants as p
        where p.clinic_id = :clinic and p.survivor_id = root.participant_id
    ) else '{}' end as former,
    case when root.has_merged then array(select accounts_of(:clinic, root.participant_id)) else '{}' end as accounts
from participants as asked
cross join lateral (
    select coalesce(asked.survivor_id, asked.participant_id) as participant_id, asked.has_merged
    offset 0
) as root
where asked.clinic_id = :clinic and asked.participant_id = :participant_id;

-- name: under
-- A chart and those that merges which hold have made part of it.
with recursive own (participant_id) as (
    select :participant_id::uuid
    union
    select m.ended_id from own
    cross join lateral (
        select * from merges
        where merges.clinic_id = :clinic and merges.survivor_id = own.participant_id
        offset 0
    ) as m
    where (select u.undone_at from unmerges as u where u.clinic_id = :clinic and u.merge_id = m.merge_id) is null
)

select participant_id from own;

-- name: unmerge
insert into unmerges (clinic_id, merge_id, merged_by, undone_at, undone_by, reason)
values (:clinic, :merge_id, :merged_by, :now, :undone_by, :reason);
