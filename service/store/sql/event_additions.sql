-- name: insert
insert into event_additions (clinic_id, addition_id, event_id, note, evidence, added_at, added_by, digest)
values (:clinic, :addition_id, :event_id, :note, :evidence, :now, :added_by, :digest);

-- name: of_event
-- What was added to an event, oldest first.
select addition_id, note, evidence, added_at, added_by from event_additions
where clinic_id = :clinic and event_id = :event_id
order by addition_id;

-- name: said
-- Everything that was written about some events: with them, and added later, in this order.
select e.event_id, false as added, e.note, e.evidence, e.recorded_at as at, e.event_id as written_id
from unnest(:events::uuid[]) as asked (event_id)
cross join lateral (
    select * from events
    where events.clinic_id = :clinic and events.event_id = asked.event_id
    offset 0
) as e
where e.note is not null or e.evidence is not null
union all
select a.event_id, true, a.note, a.evidence, a.added_at, a.addition_id
from unnest(:events::uuid[]) as asked (event_id)
cross join lateral (
    select * from event_additions
    where event_additions.clinic_id = :clinic and event_additions.event_id = asked.event_id
    offset 0
) as a
order by added, written_id;

-- name: words
-- The words of some events, their own and those that were added.
select e.event_id, e.note, e.evidence
from unnest(:events::uuid[]) as asked (event_id)
cross join lateral (
    select * from events
    where events.clinic_id = :clinic and events.event_id = asked.event_id
    offset 0
) as e
union all
select a.event_id, a.note, a.evidence
from unnest(:events::uuid[]) as asked (event_id)
cross join lateral (
    select * from event_additions
    where event_additions.clinic_id = :clinic and event_additions.event_id = asked.event_id
    offset 0
) as a;
