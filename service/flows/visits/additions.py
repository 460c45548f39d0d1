"""Add a note or evidence to an event, which itself is never edited; no award changes."""

from collections.abc import Sequence
from uuid import UUID

from schemas.events import Addition, Additions, NewAddition
from service.core.refusals import Refused, refused
from service.flows.perform import Act, Done
from service.store import charts, event_additions, recorded_events
from service.store.event_additions import Said, Words

__all__ = ["Said", "add_to_event", "lacking", "read_additions", "read_said"]


async def add_to_event(act: Act, event_id: UUID, new: NewAddition) -> Done[Addition] | Refused:
    """Append words to an event; the same words under the same event are found, not added again."""
    if new.note is None and new.evidence is None:
        return refused("invalid.addition_of_nothing", "$.note")
    event = await recorded_events.find(act, event_id)
    if event is None:
        return refused("not_found.event")
    await charts.lock(act, [], [event.participant], [])
    for known in await event_additions.of_event(act, event_id):
        if (known.note, known.evidence) == (new.note, new.evidence):
            act.audit("event.read", event_id, event.participant)
            return Done(known, "found")
    made, digest = await event_additions.insert(act, act.actor, event_id, new)
    act.audit(event_additions.ADDED, made.id, event.participant, event=str(event_id), digest=digest.hex())
    return Done(made, "created")


async def read_additions(act: Act, event_id: UUID) -> Done[Additions] | Refused:
    """What was added to an event, oldest first."""
    event = await recorded_events.find(act, event_id)
    if event is None:
        return refused("not_found.event")
    act.audit("event.read", event_id, event.participant)
    return Done(Additions(await event_additions.of_event(act, event_id)))


async def read_said(act: Act, events: Sequence[UUID]) -> Done[dict[UUID, list[Said]]]:
    """All that was written about some events, by event; whoever lists them tells of whom they read."""
    return Done(await event_additions.said(act, events) if events else {})


def lacking(known: Words, said: NewAddition) -> NewAddition | None:
    """What the record lacks of a note and evidence that are said of an event, and has from now on."""
    note = None if said.note in known.notes else said.note
    evidence = None if said.evidence in known.evidence else said.evidence
    if note is not None:
        known.notes.add(note)
    if evidence is not None:
        known.evidence.add(evidence)
    return NewAddition(note, evidence) if note is not None or evidence is not None else None
