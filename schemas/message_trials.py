"""Samples of messages that are tried by a mapping, and what each would become."""

from datetime import datetime
from typing import Any, Literal

from msgspec import UNSET, Struct, UnsetType

from schemas.events import NewEvent
from schemas.inbound import Doubtful
from schemas.mapping import EventMapping, Standing
from schemas.people import Language

Reading = Literal["event", "visit", "person"]
"""What a message says something of."""


class Sample(Struct, frozen=True, forbid_unknown_fields=True):
    """A message to be tried; with `mapping`, by that one instead of the source's own."""

    sample: Any
    """A message as the source sends it: any JSON, or the text of one in HL7 version 2."""
    mapping: EventMapping | UnsetType | None = UNSET
    """A mapping to be tried in place of the source's own."""


class TriedVisit(Struct, frozen=True, omit_defaults=True):
    """An appointment as a sample says it."""

    reference: str
    """The number that its scheduler knows it by."""
    target: str
    """Name of the target."""
    at: datetime | None = None
    """When it is; null where it is called off."""
    program: str | None = None
    """Name of the program, where the mapping gives it."""


class TriedPerson(Struct, frozen=True, omit_defaults=True):
    """A person as a sample says it, by the fields that the mapping names."""

    name: str | None = None
    """Their name."""
    phone: str | None = None
    """Their telephone number."""
    email: str | None = None
    """Their mail address."""
    language: Language | None = None
    """Their language."""
    makes: bool = False
    """Whether they are made a participant where they are not on record."""
    former: tuple[str, ...] = ()
    """The numbers that end, where two charts are one person's."""
    merges: bool = False
    """Whether two charts are merged at once."""
    is_deceased: bool = False
    """Whether they died."""


class TriedEvent(Struct, frozen=True, omit_defaults=True):
    """One thing that a sample says."""

    standing: Standing
    """How its report stands: a `preliminary` one is pending, a `corrected` one corrects what is on record
    under its reference, and a `withdrawn` one withdraws it."""
    event: NewEvent | None = None
    """The event that it would be recorded as; null where something is withdrawn."""
    reference: str | None = None
    """Reference of what would be withdrawn."""
    numbers: tuple[str, ...] = ()
    """All numbers that it names its person by."""
    day_alone: bool = False
    """Whether it names a day and no time, so that noon stands for it."""
    says: Reading = "event"
    """Whether it is an event, an appointment or a person; of the latter two `standing` is `final`, or
    `canceled` where a visit is called off."""
    visit: TriedVisit | None = None
    """The visit that would be expected, or called off."""
    person: TriedPerson | None = None
    """What would be said of a person."""


class Tried(Struct, frozen=True):
    """The reading of a sample: events, nothing because it is ignored, or a case for review."""

    ignored: bool
    """Whether it is no event by the mapping."""
    event: NewEvent | None = None
    """The first event that it would be recorded as."""
    review: Doubtful | None = None
    """Why it would wait for somebody."""
    events: tuple[TriedEvent, ...] = ()
    """All that it says."""
