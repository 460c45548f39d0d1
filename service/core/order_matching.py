"""The daily match: our orders with a reward provider against its own list. Everything here is pure."""

from collections.abc import Mapping
from datetime import datetime

from msgspec import Struct

from schemas.ids import Id
from schemas.providers import DifferenceKind
from schemas.shelf import RedemptionStatus
from service.core.orders import ABSENT, Placed
from service.core.redemption import ON_ORDER


class Ours(Struct, frozen=True):
    """An order of ours, as the daily match compares it."""

    redemption: Id
    status: RedemptionStatus
    face: int
    refunded: int
    sent_at: datetime | None


class Difference(Struct, frozen=True):
    """One place where a provider's list and ours differ, in plain words of both."""

    kind: DifferenceKind
    reference: str
    redemption: Id | None
    ours: str
    theirs: str


def compared(ours: Mapping[str, Ours], theirs: Mapping[str, Placed], now: datetime) -> list[Difference]:
    """Every difference between our orders of some days, by their ids, and a provider's list of these days.

    One of theirs without an id of ours is listed under its own reference.
    """
    found = []
    for key in sorted(ours.keys() | theirs.keys()):
        here, there = ours.get(key), theirs.get(key)
        if here is None and there is not None:
            found.append(Difference("missing_here", there.reference, None, "none", _said(there)))
        elif here is not None and there is None:
            if _must_be_there(here, now):
                found.append(Difference("missing_there", key, here.redemption, here.status, "none"))
        elif here is not None and there is not None:
            found += _differences(key, here, there)
    return found


def _must_be_there(here: Ours, now: datetime) -> bool:
    is_live = here.status in {"given", "reversed", "awaiting_provider"}
    return is_live and here.sent_at is not None and now - here.sent_at >= ABSENT


def _differences(key: str, here: Ours, there: Placed) -> list[Difference]:
    found = []
    if there.face is not None and there.face != here.face:
        found.append(Difference("face", key, here.redemption, str(here.face), str(there.face)))
    if is_behind(here, there) or (here.status in {"failed", "canceled"} and _is_live(there, here.face)):
        theirs = f"{there.state}, {there.refunded} refunded"
        ours = f"{here.status}, {here.refunded} refunded"
        found.append(Difference("state", key, here.redemption, ours, theirs))
    return found


def is_behind(here: Ours, there: Placed) -> bool:
    """Whether looking the order up would change something here."""
    refunded = here.face if there.state in {"canceled", "failed"} else there.refunded
    if here.status in ON_ORDER:
        return there.state != "pending"
    return here.status == "given" and refunded > here.refunded


def _is_live(there: Placed, face: int) -> bool:
    return there.state in {"pending", "delivered"} and there.refunded < face


def _said(there: Placed) -> str:
    return f"{there.state}, face {'unknown' if there.face is None else there.face}"
