"""Changes that a live page has missed: its place among a participant's transfers, and those after it.

Transfers are known by ids that sort by the time they were made. Those of one participant are made and
committed one by one, so that what comes later has the higher id, save where the clocks of two
machines differ. A page's mark therefore also counts what it knew just before its last transfer: where the
records hold another number, something came late, and all of that short time is looked through again. So
nothing is missed while clocks agree within OVERLAP_MS, and nothing is told twice while none came late.
"""

import re
from bisect import bisect_right
from collections.abc import Collection, Sequence
from typing import Final, Literal

from msgspec import Struct

from schemas.books import AccountName, Cause
from schemas.ids import Id
from schemas.shelf import RedemptionStatus

OVERLAP_MS: Final = 5000
"""How far before the last transfer a late one is still looked for: as far as clocks may differ."""

EventName = Literal["award", "balance", "redemption", "draw", "changed"]

_MS_SHIFT: Final = 80
"""The low bits of a UUIDv7, below its milliseconds (RFC 9562, 5.7)."""
_WRITTEN: Final = re.compile(r"([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.([0-9]{1,9})")
_NUMBER: Final = re.compile(r"[0-9]{1,18}")


class Mark(Struct, frozen=True):
    """Where a page stands: its last transfer, and how many it knows of the OVERLAP_MS that end there."""

    last: Id
    seen: int


def begin(mark: Mark) -> Id:
    """The id that stands before all that is counted by a mark, as the ids' times have it."""
    return _before(mark.last)


def written(mark: Mark) -> str:
    """A mark as the `id:` of a server-sent event."""
    return f"{mark.last}.{mark.seen}"


def mark_of(text: str) -> Mark | None:
    """Read a `Last-Event-ID`; None where it is none of ours."""
    found = _WRITTEN.fullmatch(text)
    return None if found is None else Mark(Id(found[1]), int(found[2]))


def number_of(text: str) -> int | None:
    """Read a `Last-Event-ID` that is a place in the audit trail; None where it is none of ours."""
    return int(text) if _NUMBER.fullmatch(text) else None


def marks(mark: Mark, recent: Collection[Id], found: Sequence[Id]) -> tuple[list[Mark | None], Mark]:
    """Where a page stands after each transfer that was found, and after all of them.

    `recent` are all transfers counted by the mark, as the records have them now, `found` those that the page
    is told, in their order. One that came late has no mark of its own: the last one takes it in.
    """
    known = sorted({*recent, *found})
    after: list[Mark | None] = []
    last = mark.last
    for one in found:
        if one <= mark.last:
            after.append(None)
            continue
        last = one
        after.append(_counted(known, one))
    return after, _counted(known, last)


def event_name(cause: Cause) -> EventName:
    """The name of the event that tells of a transfer; whatever credits value is an award to who gets it."""
    if cause in {"redemption", "order_failed"}:
        return "redemption"
    return "draw" if cause == "draw" else "award"


def status_after(cause: Cause, destination: AccountName) -> RedemptionStatus:
    """The status of a redemption after its transfer into an account; on order, too, its price is held."""
    if cause == "order_failed":
        return "failed"
    if destination == "held":
        return "held"
    return "given" if destination == "given" else "canceled"


def is_reading(deed: str) -> bool:
    """Whether an audit entry only tells of reading; the query `audit/changes` says the same."""
    return deed.endswith((".read", ".listed"))


def _counted(known: list[Id], last: Id) -> Mark:
    return Mark(last, bisect_right(known, last) - bisect_right(known, _before(last)))


def _before(last: Id) -> Id:
    ms = (last.int >> _MS_SHIFT) - OVERLAP_MS
    return Id(int=max(ms, 0) << _MS_SHIFT)
