"""Verified behaviors on their way in."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from msgspec import Meta, Struct

from schemas.problem import Problem
from schemas.program import Behavior, Minutes, Quantity, Slug
from schemas.receipts import Receipt, RecordedEvent

Reference = Annotated[str, Meta(min_length=1, max_length=128, pattern=r"^[!-~](?:[ -~]*[!-~])?$(?!\n)")]
_UNPRINTED = r"\x00-\x1f\x7f-\x9f"
_BLANK = r"\x20\xa0\u1680\u2000-\u200f\u2028-\u202f\u205f\u3000\ufeff"
Number = Annotated[
    str,
    Meta(
        min_length=1,
        max_length=128,
        pattern=f"^[^{_UNPRINTED}]*[^{_UNPRINTED}{_BLANK}][^{_UNPRINTED}]*$(?!\\n)",
    ),
]
"""A number that a person is known by; capitals, and blanks around it, do not tell two apart."""
Outcome = Annotated[str, Meta(min_length=1, max_length=64)]
Note = Annotated[str, Meta(min_length=1, max_length=4000)]
_NEAR_DAY = r"(?:190[1-9]|19[1-9][0-9]|2[01][0-9]{2})-[0-9]{2}-[0-9]{2}"
TIME = r"[0-9]{2}:[0-9]{2}:[0-5][0-9](?:\.[0-9]+)?(?:[Zz]|[+-][0-9]{2}:[0-9]{2})"
"""The form of a time of the day with its offset (RFC 3339); a leap second is not taken."""
Moment = Annotated[datetime, Meta(tz=True, extra_json_schema={"pattern": f"^{_NEAR_DAY}[Tt]{TIME}$"})]
"""A time with its offset, of the years 1901 to 2199: one further off is a slip of the keyboard."""
Day = Annotated[date, Meta(extra_json_schema={"pattern": f"^{_NEAR_DAY}$"})]
"""A local day of the years 1901 to 2199."""


class NewEvent(Struct, frozen=True, forbid_unknown_fields=True):
    """A verified behavior to be recorded.

    It names its `enrollment` and `target`, or a participant (by id or by the clinic's reference) and a
    `behavior`, where exactly one enrollment that covers its local day, open or closed, has exactly one target
    of that behavior; `target` and `program` may narrow that down. `reference` is the clinic's own id for the
    event.
    """

    outcome: Outcome
    """The verified outcome, such as `negative` for a test or `attended` for a session."""
    occurred_at: Moment
    """When it happened, with an offset."""
    enrollment: UUID | None = None
    """Id of the enrollment; goes with `target`."""
    target: Slug | None = None
    """Name of the target; may narrow down what `behavior` leaves open."""
    participant: UUID | None = None
    """Id of the participant, in place of `enrollment`."""
    participant_reference: Number | None = None
    """A number of the participant, in place of `participant`: the clinic's own reference, a former one, or
    `system|value` for that of another system. Capitals, and blanks around it, do not count."""
    behavior: Behavior | None = None
    """Kind of behavior, where exactly one enrollment of that day has exactly one such target."""
    program: Slug | None = None
    """Name of the program; may narrow down the enrollment."""
    reference: Reference | None = None
    """The clinic's own id for the event, unique within the clinic."""
    evidence: Note | None = None
    """Where the proof is, such as the number of a lab report; kept encrypted."""
    note: Note | None = None
    """Free text for the record; kept encrypted."""
    quantity: Quantity | None = None
    """How much of what the target counts, such as 3.5 hours, with up to two decimals; 1 where left out. For
    targets alone whose earnings are for each hour, step or dose."""
    minutes: Minutes | None = None
    """How long somebody was there, in minutes; for attendance alone. It earns nothing by itself, and another
    number for the same visit is a correction."""
    another: bool = False
    """Whether it is meant beside an event of the same target and local day; the audit trail names it."""
    corrects: bool = False
    """Whether it is the corrected report of what is on record under its `reference`, or at the same moment.

    Another outcome becomes a `lab_overturn` of that event, other minutes a correction of kind `minutes`;
    another person, target or time an `entry_error` of it and a new event. For those who may correct the
    record, and for integrations.
    """


class NewAddition(Struct, frozen=True, forbid_unknown_fields=True):
    """Words that came later than the event itself: a `note`, `evidence`, or both. They change no award."""

    note: Note | None = None
    """Free text for the record; kept encrypted."""
    evidence: Note | None = None
    """Where the proof is, such as the number of a lab report; kept encrypted."""


class Addition(Struct, frozen=True):
    """Words on record that came later than their event."""

    id: UUID
    event: UUID
    added_at: datetime
    """When they were added."""
    added_by: UUID
    """Who added them: a key or member of staff."""
    note: str | None = None
    """Free text for the record."""
    evidence: str | None = None
    """Where the proof is."""


class Additions(Struct, frozen=True):
    """What was added to an event, oldest first."""

    items: tuple[Addition, ...]


class BatchResult(Struct, frozen=True):
    """The result of one item of a batch: its receipt, or the problem that kept it out."""

    index: int
    """Place of the item in the batch, from 0."""
    status: int
    """HTTP status that the item alone would have been answered with."""
    receipt: Receipt | None = None
    """Its receipt, where it was recorded."""
    problem: Problem | None = None
    """Why it was refused, where it was."""


class BatchResults(Struct, frozen=True):
    """The results of a batch, in its order."""

    results: tuple[BatchResult, ...]
    """One result an item, in the batch's order."""


class EventPage(Struct, frozen=True):
    """One page of events, newest first."""

    items: tuple[RecordedEvent, ...]
    next_cursor: str | None = None
