"""Expected visits: closures of the clinic, and who is expected, came, or was missed."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from msgspec import Struct

from schemas.events import Day
from schemas.people import Text
from schemas.receipts import Money

VisitStatus = Literal["expected", "came", "missed", "excused", "closed"]


class NewClosure(Struct, frozen=True, forbid_unknown_fields=True):
    """Whole local days on which the clinic is closed: nobody is expected, and nobody's visit is missed."""

    first_day: Day
    last_day: Day
    reason: Text


class Closure(Struct, frozen=True):
    """Days on which the clinic is closed, the first and the last included."""

    id: UUID
    first_day: date
    last_day: date
    reason: str
    created_at: datetime
    created_by: UUID


class EnteredClosure(Struct, frozen=True):
    """A closure as it was entered; `excused` visits had counted as missed on its days, and do no more."""

    id: UUID
    first_day: date
    last_day: date
    reason: str
    created_at: datetime
    created_by: UUID
    excused: int


class ClosurePage(Struct, frozen=True):
    """One page of closures, newest first."""

    items: tuple[Closure, ...]
    next_cursor: str | None = None


class Visit(Struct, frozen=True):
    """One expected visit, or somebody who came without being expected (`due_on` is null then).

    Whoever came on another day than their visit's is listed there with the `due_on` of the visit that it met.

    `event` and `outcome` are those of the fact that meets it, or that says that it was missed. `next` is what
    the next success on this target earns.
    """

    participant: UUID
    display_code: str
    enrollment: UUID
    program: str
    target: str
    due_on: date | None
    status: VisitStatus
    event: UUID | None = None
    outcome: str | None = None
    next: tuple[Money, ...] = ()


class VisitPage(Struct, frozen=True):
    """One page of the visits of a day."""

    day: date
    items: tuple[Visit, ...]
    next_cursor: str | None = None


class EnrollmentVisits(Struct, frozen=True):
    """The visits of one enrollment, past and ahead, in the order of their days; both days are included."""

    enrollment: UUID
    since: date
    until: date
    items: tuple[Visit, ...]
