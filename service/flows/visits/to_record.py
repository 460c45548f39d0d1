"""What is asked of recording, and what it answers."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from uuid import UUID

from msgspec import UNSET, Struct
from msgspec.structs import replace

from schemas.events import NewEvent
from schemas.people import Language
from schemas.receipts import RecordedEvent
from service.core.actors import Actor
from service.core.episode import Decided
from service.core.expected_days import DueVisit
from service.core.outcomes import titles_of
from service.core.quantities import as_number
from service.core.state import Fact
from service.flows.perform import Made, Once
from service.store.charts import Locked
from service.store.known_events import KnownEvent


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


def shown(
    item: ToRecord, event_id: UUID, fact: Fact, decided: Decided, beside: KnownEvent | None, now: datetime
) -> RecordedEvent:
    """The event of an item as it is recorded; `beside` is another one of its target and day."""
    event, episode = item.event, decided.episode
    target = episode.rules.program.targets[fact.target]
    return RecordedEvent(
        event_id,
        episode.id,
        episode.participant,
        target.name,
        target.behavior,
        event.outcome,
        decided.effect,
        event.occurred_at.astimezone(UTC),
        now,
        item.actor.id,
        fact.week,
        event.reference,
        expected_on=UNSET if item.due is None else item.due.expected_on,
        another_of=UNSET if beside is None else beside.event,
        quantity=UNSET if event.quantity is None else as_number(fact.quantity),
        minutes=UNSET if event.minutes is None else event.minutes,
        outcome_title=titles_of(target).get(event.outcome, UNSET),
    )
