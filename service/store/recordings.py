"""What the audit trail says of events that go on record."""

from collections.abc import Sequence
from uuid import UUID

from msgspec import UnsetType

from service.core.digests import recording_digest
from service.store.audit import Entry
from service.store.record import NewFact


def entries_of(facts: Sequence[NewFact]) -> list[Entry]:
    """One entry of the audit trail for each recording: the facts that one request put on record together.

    And one for each event that was recorded beside another of its target and day, because somebody said so.
    """
    of: dict[UUID, list[NewFact]] = {}
    for one in facts:
        of.setdefault(one.recording, []).append(one)
    entries = [
        Entry(
            own[0].actor,
            "events.recorded",
            recording_id,
            own[0].event.participant if len({one.event.participant for one in own}) == 1 else None,
            {
                "events": len(own),
                "digest": recording_digest((one.event.id, one.digest) for one in own),
            },
        )
        for recording_id, own in of.items()
    ]
    for one in facts:
        beside = one.event.another_of
        if not isinstance(beside, UnsetType):
            detail: dict[str, str | int] = {"beside": str(beside)}
            entries.append(Entry(one.actor, "event.another", one.event.id, one.event.participant, detail))
    return entries
