"""What is asked of recording, and what it answers."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from schemas.events import NewEvent
from schemas.people import Language
from service.core.actors import Actor
from service.core.expected_days import DueVisit
from service.flows.perform import Made, Once
from service.store.charts import Locked


class ToRecord(Struct, frozen=True):
    """One event that someone wants recorded; events of one request share its `recording`.

    Without `language` its receipt speaks the participant's own. `due` is the visit that nobody came to, where
    the service itself records that; it is recorded only while that is so. With `once_for_all`, an event that
    was recorded like this one and withdrawn since is a repeat as well: a file that is brought again does not
    bring back what somebody took out. `imported` says that it comes from a file.
    """

    actor: Actor
    event: NewEvent
    language: Language | None = None
    once: Once | None = None
    recording: UUID | None = None
    due: DueVisit | None = None
    once_for_all: bool = False
    imported: bool = False

    @property
    def about(self) -> UUID | str | None:
        """The key that the event names its participant by; such events are recorded in their order."""
        return self.event.enrollment or self.event.participant or self.event.participant_reference

    @property
    def when(self) -> datetime:
        """When it happened: many events are recorded in this order, for a late one costs a whole fold."""
        return self.event.occurred_at


class Recorded(Struct, frozen=True):
    """The answer to an event: its Receipt's JSON; `replayed` where an idempotency key was seen before."""

    receipt: bytes
    made: Made
    replayed: bool = False


def led(items: Sequence[ToRecord], people: Mapping[UUID, Locked]) -> list[ToRecord]:
    """The items with the ids and numbers of merged charts replaced by those of the chart that goes on."""
    survivor = {one: who for who, known in people.items() for one in known.ids if one != who}
    own = {
        name: known.reference for known in people.values() for name in known.named if name != known.reference
    }
    if not survivor and not own:
        return list(items)
    return [
        replace(
            item,
            event=replace(
                event,
                participant=survivor.get(event.participant, event.participant) if event.participant else None,
                participant_reference=own.get(event.participant_reference, event.participant_reference)
                if event.participant_reference
                else None,
            ),
        )
        for item in items
        for event in (item.event,)
    ]
