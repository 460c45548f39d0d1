"""What a message can say: events that it reports, and what it takes back."""

from collections.abc import Mapping
from datetime import tzinfo
from typing import Final

from msgspec import Struct

from schemas.events import NewEvent
from schemas.ids import Id
from schemas.mapping import Standing

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


Item = Report | Withdrawal


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
