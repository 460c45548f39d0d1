"""Merges: two charts that are about one person become one, and a merge that was a mistake is undone."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from msgspec import Meta, Struct, field

from schemas.people import Enrollment, Text
from schemas.receipts import Balance, Money

DUPLICATES_MAX = 2000
"""How many decisions one merge takes."""
KeepOrWithdraw = Literal["keep", "withdraw"]
"""Whether an event stands, or is withdrawn as an entry error."""


class MergeDecision(Struct, frozen=True, forbid_unknown_fields=True):
    """What becomes of one event of a visit that both charts hold."""

    event: UUID
    """Id of the event."""
    decision: KeepOrWithdraw
    """`keep` lets it stand, `withdraw` withdraws it as an entry error."""


class NewMerge(Struct, frozen=True, forbid_unknown_fields=True):
    """Which chart becomes part of the one in the path."""

    from_: UUID = field(name="from")
    """Id of the participant whose chart ends and leads to the other from now on."""
    dry_run: bool = False
    """Only say what would be done."""
    decisions: Annotated[tuple[MergeDecision, ...], Meta(max_length=DUPLICATES_MAX)] = ()
    """What stands where both charts hold one visit. Where nothing is said the first recorded stands, and a
    visit that somebody came to before one recorded as missed; outcomes that differ must be decided."""
    closes: Annotated[tuple[UUID, ...], Meta(max_length=100)] = ()
    """Ids of enrollments to close where both charts have an open one in the same program. Where nothing is
    said the one of the chart that ends is closed."""
    reason: Text | None = None
    """Why; kept encrypted."""


class NewUnmerge(Struct, frozen=True, forbid_unknown_fields=True):
    """Which merge is undone: the latest of the participant in the path, or that of one chart."""

    from_: UUID | None = field(name="from", default=None)
    """Id of the participant whose chart had ended; needed where several were merged into the survivor."""
    dry_run: bool = False
    """Only say what would be done."""
    reason: Text | None = None
    """Why; kept encrypted."""


class VisitTwice(Struct, frozen=True):
    """One event of a visit that both charts hold."""

    event: UUID
    """Id of the event."""
    participant: UUID
    """Id of the participant under whom it was recorded."""
    enrollment: UUID
    outcome: str
    """The outcome that stands."""
    occurred_at: datetime
    recorded_at: datetime
    recorded_by: UUID
    """Id of the key, member of staff or source that recorded it."""
    earned: tuple[Money, ...]
    """What was paid for it."""
    decision: KeepOrWithdraw | None = None
    """What becomes of it; null where somebody must say."""


class Duplicate(Struct, frozen=True):
    """One visit that both charts hold: the same target on the same local day in the same program."""

    program: str
    """Name of the program."""
    target: str
    day: date
    """The local day."""
    events: tuple[VisitTwice, ...]
    """The events that stand for it, in the order recorded."""


class OpenTwice(Struct, frozen=True):
    """A program in which both charts have an open enrollment: one of them is closed."""

    program: str
    """Name of the program."""
    stays: UUID
    """Id of the enrollment that stays open."""
    closes: UUID
    """Id of the enrollment that is closed."""
    closes_on: date
    """Its last local day."""


class Merge(Struct, frozen=True):
    """A merge of two charts, or what one would do."""

    id: UUID
    """Id of the merge; of a dry run's none is kept."""
    survivor: UUID
    """Id of the participant whose chart goes on."""
    from_: UUID = field(name="from")
    """Id of the participant whose chart ends; it leads to the survivor."""
    merged_at: datetime
    """When they were merged."""
    merged_by: UUID
    """Id of the key or member of staff who merged them."""
    dry_run: bool = False
    """Whether it only says what would be done."""
    undone_at: datetime | None = None
    """When it was undone; null while it holds."""
    undone_by: UUID | None = None
    """Id of the key or member of staff who undid it."""
    reason: str | None = None
    """Why they were merged, where it was said."""
    undone_reason: str | None = None
    """Why it was undone, where it was said."""
    enrollments: tuple[Enrollment, ...] = ()
    """The enrollments that move, as they are afterwards."""
    events: int = 0
    """How many events move with them."""
    moved: tuple[Balance, ...] = ()
    """What moves from one chart to the other, by unit."""
    lacking: tuple[Money, ...] = ()
    """What an undoing cannot give back, for it was spent since."""
    balances: tuple[Balance, ...] = ()
    """The survivor's balances afterwards."""
    redemptions: tuple[UUID, ...] = ()
    """Ids of the redemptions that move and still wait to be handed over."""
    duplicates: tuple[Duplicate, ...] = ()
    """The visits that both charts hold, each decided or to be decided."""
    open_twice: tuple[OpenTwice, ...] = ()
    """The programs in which both charts have an open enrollment."""


class MergeList(Struct, frozen=True):
    """The merges of a participant's chart, newest first, undone ones too."""

    items: tuple[Merge, ...]
