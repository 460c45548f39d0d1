"""What is asked of recording, and what it answers."""

from datetime import datetime
from uuid import UUID

from msgspec import Struct

from schemas.events import NewEvent
from schemas.people import Language
from service.core.actors import Actor
from service.core.expected_days import DueVisit
from service.flows.perform import Made, Once


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
