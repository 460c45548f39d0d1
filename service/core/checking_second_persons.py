"""Manual awards and write-offs against the rule that nobody settles what they proposed."""

from collections.abc import Iterator
from datetime import datetime, tzinfo

from msgspec import Struct

from schemas.ids import Id
from service.core.books import Due, Wrong
from service.core.calendar import local_day


class ManualAwardRow(Struct, frozen=True):
    """A manual award as it stands on record, with its participant and its enrollment's, where these exist."""

    id: Id
    participant: Id
    unit: str
    amount: int
    status: str
    proposed_by: Id
    settled_at: datetime | None
    settled_by: Id | None
    paid: int | None
    clipped: int | None
    funding: str | None
    enrollment: Id | None
    enrolled: Id | None
    known: Id | None


class WriteOffRow(Struct, frozen=True):
    """A write-off as it stands on record beside the stock change made by it; either may be missing."""

    id: Id | None
    reward: Id | None
    pieces: int | None
    status: str | None
    proposed_by: Id | None
    settled_at: datetime | None
    settled_by: Id | None
    stock_change: Id | None
    taken_from: Id | None
    change: int | None
    changed_by: Id | None
    changed_at: datetime | None


def of_manual_award(row: ManualAwardRow) -> Iterator[Wrong]:
    """What is wrong with one manual award, besides its transfer."""
    ids = {"manual_award_id": str(row.id), "participant_id": str(row.participant)}
    if row.known is None:
        yield Wrong("manual_awards", ids, "a participant of the clinic", "no such participant")
    if row.enrollment is not None and row.enrolled != row.participant:
        found = f"enrollment {row.enrollment} of {row.enrolled or 'nobody'}"
        yield Wrong("manual_awards", ids, "an enrollment of the participant", found)
    yield from _of_settling("manual_awards", ids, row)
    paid, clipped = row.paid, row.clipped or 0
    if (row.status == "approved") != (paid is not None):
        found = f"{row.status}, paid {paid}"
        yield Wrong("manual_awards", ids, "something paid exactly if it is approved", found)
    elif paid is not None and not (paid >= 0 and clipped >= 0 and paid + clipped == row.amount):
        expected = f"paid and clipped to come to {row.amount}"
        yield Wrong("manual_awards", ids, expected, f"paid {paid}, clipped {clipped}")


def manual_due(row: ManualAwardRow, zone: tzinfo) -> Due:
    """The transfer that a manual award calls for: none until it is approved, none where it is refused."""
    return Due(
        "manual_awards",
        {"manual_award_id": str(row.id), "participant_id": str(row.participant)},
        "manual",
        row.id,
        row.paid or 0,
        row.unit,
        ("issued", "available"),
        None if row.settled_at is None else local_day(row.settled_at, zone),
        row.funding,
        row.enrollment,
    )


def of_write_off(row: WriteOffRow) -> Iterator[Wrong]:
    """What is wrong with one write-off and the pieces taken away by it, or with pieces taken away by none."""
    found = None
    if row.stock_change is not None:
        found = f"reward {row.taken_from}, change {row.change}, by {row.changed_by} at {row.changed_at}"
    if row.id is None:
        ids = {"stock_change_id": str(row.stock_change), "reward_id": str(row.taken_from)}
        yield Wrong("stock_changes", ids, "a write-off by which pieces were taken away", f"none for {found}")
        return
    ids = {"write_off_id": str(row.id), "reward_id": str(row.reward)}
    yield from _of_settling("write_offs", ids, row)
    expected = None
    if row.status == "approved":
        expected = f"reward {row.reward}, change -{row.pieces}, by {row.settled_by} at {row.settled_at}"
    if found != expected:
        yield Wrong("write_offs", ids, expected or "no pieces taken away", found or "no pieces taken away")


def _of_settling(table: str, ids: dict[str, str], row: ManualAwardRow | WriteOffRow) -> Iterator[Wrong]:
    settled = row.status in {"approved", "refused"}
    if (row.settled_at is not None, row.settled_by is not None) != (settled, settled):
        found = f"{row.status}, settled at {row.settled_at} by {row.settled_by}"
        yield Wrong(table, ids, "somebody who settled it exactly if it is settled", found)
    elif row.settled_by == row.proposed_by:
        yield Wrong(table, ids, f"settled by somebody else than {row.proposed_by}", f"{row.settled_by}")
