-- What deciding some events needs, in one round trip: all enrollments of their participants with checkpoints and
-- the participant's balances (rows with facts), and what is on record under the events' references (rows with a
-- receipt), and what the clinic's own rows say (one row, or none): the caps of the clinic and of funders (no day
-- of theirs is infinite, which JSON could not say), and whether there is a subscriber.
-- $1 clinic, $2 participants, $3 references.
select
    e.enrollment_id, e.participant_id, e.program, e.version, e.starts_on,
    coalesce(e.closed_on, e.ends_on) as closed_on, e.funding, c.facts, c.state,
    b.units, b.available, b.held, b.given,
    null::uuid as event_id, null::text as target, null::text as reference, null::bytea as digest,
    null::bytea as receipt, null::text as caps, null::boolean as listens
from unnest($2::uuid[]) as asked (participant_id)
cross join lateral (
    select * from enrollments
    where enrollments.clinic_id = $1 and enrollments.participant_id = asked.participant_id
    offset 0
) as e
cross join lateral (
    select * from checkpoints
    where checkpoints.clinic_id = $1 and checkpoints.enrollment_id = e.enrollment_id
    offset 0
) as c
cross join lateral (
    select
        array_agg(unit) as units, array_agg(available) as available, array_agg(held) as held,
        array_agg(given) as given
    from balances
    where balances.clinic_id = $1 and balances.participant_id = asked.participant_id
) as b
union all
select
    e.enrollment_id, e.participant_id, null, null, null, null, null, null, null,
    null, null, null, null,
    e.event_id, e.target, e.reference, e.digest, e.receipt, null, null
from unnest($3::text[]) as asked (reference)
cross join lateral (
    select * from events
    where events.clinic_id = $1 and events.reference = asked.reference
    offset 0
) as e
union all
select
    null, null, null, null, null, null, null, null, null,
    null, null, null, null,
    null, null, null, null, null, k.caps, k.listens
from (
    select
        jsonb_agg(
            jsonb_build_object(
                'id', cap_id, 'per', per, 'unit', unit, 'amount', amount,
                'starts_on', least(greatest(starts_on, '0001-01-01'::date), '9999-12-31'::date),
                'ends_on', nullif(ends_on, 'infinity'), 'funding', funding
            ) order by cap_id
        )::text as caps,
        exists (select from subscribers where clinic_id = $1 and deleted_at is null) as listens
    from caps
    where clinic_id = $1
) as k
where k.caps is not null or k.listens
