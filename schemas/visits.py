"""Expected visits: closures of the clinic, and who is expected, came, or was missed."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from msgspec import Struct

from schemas.events import Day
from schemas.people import Text
from schemas.receipts import Money

VisitStatus = Literal["expected", "came", "missed", "excused", "closed", "canceled"]
"""`expected` lies ahead, `came` was kept, `missed` was not, `excused` was excused, `closed` fell on a
closure, and `canceled` was called off."""

VisitReason = Literal["asked", "unwell", "travel", "clinic", "scheduler", "other"]
"""Why a visit is planned otherwise: the participant asked, was unwell or away, the clinic or its scheduler
did, or another reason. A closed list, so that no free text about somebody stands here."""


class NewClosure(Struct, frozen=True, forbid_unknown_fields=True):
    """Whole local days on which the clinic is closed: nobody is expected, and nobody's visit is missed."""

    first_day: Day
    """First local day."""
    last_day: Day
    """Last local day, included."""
    reason: Text
    """Why the clinic is closed."""


class Closure(Struct, frozen=True):
    """Days on which the clinic is closed, the first and the last included."""

    id: UUID
    first_day: date
    """First local day."""
    last_day: date
    """Last local day, included."""
    reason: str
    """Why the clinic is closed."""
    created_at: datetime
    created_by: UUID


class EnteredClosure(Struct, frozen=True):
    """A closure as it was entered."""

    id: UUID
    first_day: date
    """First local day."""
    last_day: date
    """Last local day, included."""
    reason: str
    """Why the clinic is closed."""
    created_at: datetime
    created_by: UUID
    excused: int
    """How many visits had counted as missed on its days, and do no more."""


class ClosurePage(Struct, frozen=True):
    """One page of closures, newest first."""

    items: tuple[Closure, ...]
    next_cursor: str | None = None


class Visit(Struct, frozen=True):
    """One expected visit, or somebody who came without being expected.

    Whoever came on another day than their visit's is listed there with the `due_on` of the visit that it met.
    """

    participant: UUID
    display_code: str
    enrollment: UUID
    program: str
    target: str
    due_on: date | None
    """Local day that the visit is expected on; null for whoever came without being expected."""
    status: VisitStatus
    """Whether it is ahead, was kept, was missed, was excused, or fell on a closure."""
    event: UUID | None = None
    """Id of the event that meets it, or that says that it was missed."""
    outcome: str | None = None
    """Outcome of that event."""
    next: tuple[Money, ...] = ()
    """Amounts that the next success on this target earns, by unit."""


class VisitPage(Struct, frozen=True):
    """One page of the visits of a day."""

    day: date
    """The local day."""
    items: tuple[Visit, ...]
    next_cursor: str | None = None


class EnrollmentVisits(Struct, frozen=True):
    """The visits of one enrollment, past and ahead, in the order of their days; both days are included."""

    enrollment: UUID
    since: date
    """First local day, included."""
    until: date
    """Last local day, included."""
    items: tuple[Visit, ...]
    """The visits, in the order of their days."""


class NewVisitPlan(Struct, frozen=True, forbid_unknown_fields=True):
    """A single visit that is planned otherwise than its program lays it.

    With `due_on` and `day` it is moved, with `due_on` alone called off, and with `day` alone it is one more.
    """

    target: str
    """Name of the target."""
    reason: VisitReason
    """Why."""
    due_on: Day | None = None
    """Local day on which the visit is expected as things stand."""
    day: Day | None = None
    """Local day on which it is expected from now on."""


class PlannedVisit(Struct, frozen=True):
    """A single visit as it is planned now. One that is called off, and one more, never counts as missed."""

    id: UUID
    enrollment: UUID
    participant: UUID
    target: str
    due_on: date | None
    """Local day on which it was expected before; null where it is one more."""
    day: date | None
    """Local day on which it is expected; null where it is called off."""
    laid_on: date | None
    """The program's own day of it; null where the program lays no such visit."""
    reason: VisitReason
    """Why."""
    created_at: datetime
    created_by: UUID
