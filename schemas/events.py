"""Verified behaviors on their way in."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from msgspec import Meta, Struct

from schemas.problem import Problem
from schemas.program import Behavior, Slug
from schemas.receipts import Receipt, RecordedEvent

Reference = Annotated[str, Meta(min_length=1, max_length=128, pattern=r"^[!-~](?:[ -~]*[!-~])?$(?!\n)")]
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
    `behavior`, where exactly one open enrollment has exactly one target of that behavior; `target` and
    `program` may narrow that down. `reference` is the clinic's own id for the event.
    """

    outcome: Outcome
    occurred_at: Moment
    enrollment: UUID | None = None
    target: Slug | None = None
    participant: UUID | None = None
    participant_reference: Reference | None = None
    behavior: Behavior | None = None
    program: Slug | None = None
    reference: Reference | None = None
    evidence: Note | None = None
    note: Note | None = None


class BatchResult(Struct, frozen=True):
    """What became of one item of a batch: its receipt, or the problem that kept it out."""

    index: int
    status: int
    receipt: Receipt | None = None
    problem: Problem | None = None


class BatchResults(Struct, frozen=True):
    """What became of every item of a batch, in its order."""

    results: tuple[BatchResult, ...]


class EventPage(Struct, frozen=True):
    """One page of events, newest first."""

    items: tuple[RecordedEvent, ...]
    next_cursor: str | None = None
