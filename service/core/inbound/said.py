"""What a message can say: events that it reports or takes back, appointments, and who somebody is."""

from collections.abc import Mapping
from datetime import datetime, tzinfo
from typing import Final

from msgspec import Struct

from schemas.events import NewEvent
from schemas.ids import Id
from schemas.mapping import Standing
from schemas.people import Language

REFERENCE: Final = "inbound:"
PENDING: Final = "pending"
"""The outcome of a report that has no result yet."""


class Ignored(Struct, frozen=True):
    """The message is no event, by its source's mapping."""


class Report(Struct, frozen=True):
    """One event that a message tells of, and how its report stands: what is on record decides what is done.

    `numbers` are all that the person is known by there, in their order; `day_alone` where noon stands for
    the time.
    """

    event: NewEvent
    standing: Standing = "final"
    numbers: tuple[str, ...] = ()
    day_alone: bool = False


class Withdrawal(Struct, frozen=True):
    """A message takes back what was recorded under a reference, of the person with those `numbers`."""

    reference: str
    numbers: tuple[str, ...] = ()


class Booking(Struct, frozen=True):
    """An appointment under its own number: somebody is expected on a day, or is not any more (`at` is None).

    Where `ignores_strangers`, somebody who is not in care here is passed over.
    """

    reference: str
    target: str
    at: datetime | None
    program: str | None = None
    participant: Id | None = None
    numbers: tuple[str, ...] = ()
    ignores_strangers: bool = False


class Person(Struct, frozen=True):
    """Who somebody is, by the fields that the mapping names; what is None is not said.

    `former` are the numbers that end, where two charts are one person's. `died` is the moment of a death,
    which `is_deceased` tells.
    """

    numbers: tuple[str, ...]
    name: str | None = None
    phone: str | None = None
    email: str | None = None
    language: Language | None = None
    makes: bool = False
    former: tuple[str, ...] = ()
    merges: bool = False
    is_deceased: bool = False
    died: datetime | None = None


Item = Report | Withdrawal | Booking | Person


class Zones(Struct, frozen=True):
    """The zone of the clinic, and those that a mapping names."""

    clinic: tzinfo
    named: Mapping[str, tzinfo] = {}

    def of(self, name: str | None) -> tzinfo:
        """The zone of times without an offset."""
        return self.clinic if name is None else self.named[name]


class Understood(Struct, frozen=True):
    """What a message says, in its order; at least one thing."""

    items: tuple[Item, ...]


def reference_of(message: Id, place: int = 0) -> str:
    """The reference of an event whose source gives it none: one for each message, or each part of it."""
    return f"{REFERENCE}{message}" if place == 0 else f"{REFERENCE}{message}:{place + 1}"
