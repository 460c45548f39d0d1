-- part: columns
enrollment_id, participant_id, program, version, starts_on, funding, opened_at, ends_on, closed_on,
close_reason;

-- name: close
update enrollments
set closed_on = :closed_on, close_reason = :close_reason, closed_by = :closed_by, changed_at = :now
where clinic_id = :clinic and enrollment_id = :enrollment_id and closed_on is null;

-- name: ending
-- Open enrollments whose planned last day is over.
select enrollment_id, ends_on from enrollments
where clinic_id = :clinic and closed_on is null and ends_on < :today
order by ends_on
limit :limit;

-- name: find
select {columns}
from enrollments
where clinic_id = :clinic and enrollment_id = :enrollment_id;

-- name: has_open
select exists (
    select from enrollments
    where clinic_id = :clinic and participant_id = :participant_id and program = :program and closed_on is null
);

-- name: in_care
-- Who is in care on a day from :first_day to :last_day, from the enrollment :from_id on: those still open, and those
-- closed since.
select
    e.enrollment_id, e.participant_id, p.display_code, e.program, e.version, e.starts_on,
    coalesce(e.closed_on, e.ends_on) as last_day, e.funding
from (
    (
        select * from enrollments
        where
            clinic_id = :clinic and enrollment_id >= :from_id and closed_on is null and starts_on <= :last_day
            and (ends_on is null or ends_on >= :first_day)
        order by enrollment_id
        limit :limit
    )
    union all
    (
        -- All of them, so that the index by the day of the close is used: they are few for a day near now.
        select * from enrollments
        where
            clinic_id = :clinic and enrollment_id >= :from_id and closed_on >= :first_day
            and starts_on <= :last_day
        offset 0
    )
) as e
cross join lateral (
    select display_code from participants
    where participants.clinic_id = :clinic and participants.participant_id = e.participant_id
    offset 0
) as p
order by e.enrollment_id
limit :limit;

-- name: insert
-- An enrollment with the checkpoint before its first fact.
with opened as (
    insert into enrollments (
        clinic_id, enrollment_id, participant_id, program, version, starts_on, funding, opened_at, opened_by,
        ends_on, closed_on, close_reason, closed_by
    )
    values (
        :clinic, :enrollment_id, :participant_id, :program, :version, :starts_on, :funding, :opened_at, :opened_by,
        :ends_on, :closed_on, :close_reason, :closed_by
    )
)

insert into checkpoints (clinic_id, enrollment_id, facts, state)
values (:clinic, :enrollment_id, 0, :state);

-- name: list
select {columns}
from enrollments
where
    clinic_id = :clinic
    and enrollment_id < :before
    and (:status::text is null or (:status = 'open') = (closed_on is null))
order by enrollment_id desc
limit :limit;

-- name: list_of_participant
select {columns}
from enrollments
where
    clinic_id = :clinic
    and participant_id = :participant_id
    and enrollment_id < :before
    and (:status::text is null or (:status = 'open') = (closed_on is null))
order by enrollment_id desc
limit :limit;

-- name: list_changed
-- Enrollments that were opened or changed from :since on, in the order opened.
select {columns}, coalesce(changed_at, opened_at) as updated_at
from enrollments
where
    clinic_id = :clinic and enrollment_id > :after and coalesce(changed_at, opened_at) >= :since
    and (:participant_id::uuid is null or participant_id = :participant_id)
order by enrollment_id
limit :limit;

-- part: led_to
-- Whom some events are about: the participants of enrollments, and where charts lead by number or id. Numbers are looked
-- up as by identifiers/holders. Each look-up is a LATERAL with OFFSET 0, which keeps the planner on the whole key, whatever it believes of the tables' sizes.
select found.participant_id, null::text as reference, null::uuid as asked_id
from unnest(:enrollments::uuid[]) as asked (enrollment_id)
cross join lateral (
    select e.participant_id from enrollments as e
    where e.clinic_id = :clinic and e.enrollment_id = asked.enrollment_id
    offset 0
) as found
union
select coalesce(found.survivor_id, found.participant_id), asked.reference, found.participant_id
from unnest(:references::text[], :keys::text[]) as asked (reference, key)
cross join lateral (
    select i.participant_id from identifiers as i
    where
        i.clinic_id = :clinic and i.key = asked.key and i.withdrawn_at is null
        and (i.twin is null or i.value = btrim(asked.reference))
    offset 0
) as held
cross join lateral (
    select p.participant_id, p.survivor_id from participants as p
    where p.clinic_id = :clinic and p.participant_id = held.participant_id
    offset 0
) as found
union
select coalesce(found.survivor_id, found.participant_id), null, asked.participant_id
from unnest(:participants::uuid[]) as asked (participant_id)
cross join lateral (
    select p.participant_id, p.survivor_id from participants as p
    where p.clinic_id = :clinic and p.participant_id = asked.participant_id
    offset 0
) as found;

-- name: led_to
{led_to}
order by participant_id;

-- name: lock
-- Lock the participants that some events are about, in id order, so that two recordings never wait in a ring; with the
-- numbers and ids that led to each. One that led elsewhere by the time its lock was there has a survivor.
select
    locked.participant_id, locked.reference, locked.language, locked.survivor_id, locked.has_merged, locked.version,
    wanted.named, wanted.ids
from (
    select
        led.participant_id,
        array_agg(led.reference) filter (where led.reference is not null) as named,
        array_agg(led.asked_id) filter (where led.asked_id is not null) as ids
    from (
        {led_to}
    ) as led
    group by led.participant_id
    order by led.participant_id
) as wanted
cross join lateral (
    select p.participant_id, p.reference, p.language, p.survivor_id, p.has_merged, p.xmin as version
    from participants as p
    where p.clinic_id = :clinic and p.participant_id = wanted.participant_id
    for no key update
) as locked;

-- name: of_people
-- All enrollments of some participants, each with the last time of what people recorded of it.
select e.enrollment_id, e.participant_id, e.program, e.starts_on, e.closed_on, e.ends_on, v.latest_at
from unnest(:participants::uuid[]) as asked (participant_id)
cross join lateral (
    select * from enrollments
    where enrollments.clinic_id = :clinic and enrollments.participant_id = asked.participant_id
    offset 0
) as e
cross join lateral (
    select max(events.occurred_at) as latest_at from events
    where
        events.clinic_id = :clinic and events.enrollment_id = e.enrollment_id and events.expected_on is null
        and not exists (
            select from corrections
            where
                corrections.clinic_id = :clinic and corrections.event_id = events.event_id
                and corrections.kind = 'entry_error'
        )
) as v;

-- name: newest
-- The enrollments of one program in any version, open or closed, the newest first.
select
    e.enrollment_id, e.participant_id, e.program, e.version, e.starts_on, e.closed_on, e.ends_on, p.display_code
from enrollments as e
inner join participants as p on e.clinic_id = p.clinic_id and e.participant_id = p.participant_id
where e.clinic_id = :clinic and e.program = :program
order by e.enrollment_id desc
limit :limit;

-- name: on_older
-- Open enrollments in one program's versions older than :version, by id, from after :after on.
select e.enrollment_id, e.participant_id, e.version, e.starts_on, p.display_code
from enrollments as e
inner join participants as p on e.clinic_id = p.clinic_id and e.participant_id = p.participant_id
where
    e.clinic_id = :clinic
    and e.program = :program
    and coalesce(e.closed_on, 'infinity'::date) = 'infinity'::date
    and e.version < :version
    and e.enrollment_id > :after
order by e.enrollment_id
limit :limit;

-- name: owners
-- Whose some enrollments are.
select found.enrollment_id, found.participant_id
from unnest(:enrollments::uuid[]) as asked (enrollment_id)
cross join lateral (
    select e.enrollment_id, e.participant_id from enrollments as e
    where e.clinic_id = :clinic and e.enrollment_id = asked.enrollment_id
    offset 0
) as found;

-- name: people
-- How many people are in each version of each program.
select program, version, count(*) as people
from enrollments
where clinic_id = :clinic and closed_on is null
group by program, version;

-- name: read
-- What deciding some events needs, in one round trip: all enrollments of their participants with checkpoints and
-- the participant's balances (rows with facts), what is on record under the events' references (rows with a
-- receipt, the one that was recorded last under each), and what the clinic's own rows say (one row, or none): the caps of the clinic and of funders (no day
-- of theirs is infinite, which JSON could not say), and whether there is a subscriber. The version of a row is the
-- transaction that wrote it (xmin).
select
    e.enrollment_id, e.participant_id, e.program, e.version, e.starts_on,
    coalesce(e.closed_on, e.ends_on) as closed_on, e.funding, c.facts, c.state,
    b.units, b.available, b.held, b.given, e.row_version, c.row_version as checkpoint_version, b.row_versions,
    null::uuid as event_id, null::text as target, null::text as reference, null::bytea as digest,
    null::bytea as receipt, null::integer as reference_no, null::text as outcome, null::timestamptz as occurred_at,
    null::uuid as recorded_by, null::integer as quantity, null::integer as minutes, null::boolean as corrected, null::text as caps, null::boolean as listens
from unnest(:participants::uuid[]) as asked (participant_id)
cross join lateral (
    select *, xmin as row_version from enrollments
    where enrollments.clinic_id = :clinic and enrollments.participant_id = asked.participant_id
    offset 0
) as e
cross join lateral (
    select *, xmin as row_version from checkpoints
    where checkpoints.clinic_id = :clinic and checkpoints.enrollment_id = e.enrollment_id
    offset 0
) as c
cross join lateral (
    select
        array_agg(unit) as units, array_agg(available) as available, array_agg(held) as held,
        array_agg(given) as given, array_agg(xmin) as row_versions
    from balances
    where balances.clinic_id = :clinic and balances.participant_id = asked.participant_id
) as b
union all
select
    e.enrollment_id, n.participant_id, null, null, null, null, null, e.fact_no, null,
    null, null, null, null, null, null, null,
    e.event_id, e.target, e.reference, e.digest, e.receipt, e.reference_no, e.outcome, e.occurred_at,
    e.recorded_by, e.quantity, e.minutes,
    exists (select from corrections where corrections.clinic_id = :clinic and corrections.event_id = e.event_id),
    null, null
from unnest(:references::text[]) as asked (reference)
cross join lateral (
    select * from events
    where events.clinic_id = :clinic and events.reference = asked.reference
    order by events.reference_no desc
    limit 1
) as e
cross join lateral (
    select enrollments.participant_id from enrollments
    where enrollments.clinic_id = :clinic and enrollments.enrollment_id = e.enrollment_id
    offset 0
) as n
union all
select
    null, null, null, null, null, null, null, null, null,
    null, null, null, null, null, null, null,
    null, null, null, null, null, null, null, null, null, null, null, null, k.caps, k.listens
from (
    select
        jsonb_agg(
            jsonb_build_object(
                'id', cap_id, 'per', per, 'unit', unit, 'amount', amount,
                'starts_on', least(greatest(starts_on, '0001-01-01'::date), '9999-12-31'::date),
                'ends_on', nullif(ends_on, 'infinity'), 'funding', funding
            ) order by cap_id
        )::text as caps,
        exists (select from subscribers where clinic_id = :clinic and deleted_at is null) as listens
    from caps
    where clinic_id = :clinic
) as k
where k.caps is not null or k.listens;

-- name: reopen
update enrollments set closed_on = null, close_reason = null, closed_by = null, changed_at = :now
where clinic_id = :clinic and enrollment_id = :enrollment_id;

-- name: updated
-- When an enrollment was opened or last changed.
select coalesce(changed_at, opened_at) from enrollments
where clinic_id = :clinic and enrollment_id = :enrollment_id;
