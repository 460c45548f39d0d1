"""Openings against the transfers that they call for, the rule of the second person, and the audit trail."""

from collections.abc import Iterator
from datetime import datetime

from msgspec import Struct

from schemas.ids import Id
from service.core.openings import (
    Brought,
    entering,
    leaving,
    opening_proposed,
    opening_settled,
    opening_withdrawn,
)
from service.core.verify.books import Due, Mismatch
from service.core.verify.checking_second_persons import Proposal, Told, of_settling, of_told, words_of

TABLE = "openings"


class OpeningRow(Struct, frozen=True):
    """An opening as it stands on record, with its enrollment's participant and how it was withdrawn."""

    proposal: Proposal
    brought: Brought
    status: str
    enrolled: Id | None
    withdrawn_at: datetime | None
    withdrawn_by: Id | None
    unrecovered: int | None
    told_withdrawn: Told | None


def of_opening(row: OpeningRow) -> Iterator[Mismatch]:
    """Mismatches of one opening, besides its transfers."""
    one, ids = row.brought, _ids(row.brought)
    if one.enrollment is not None and row.enrolled != one.participant:
        found = f"enrollment {one.enrollment} of {row.enrolled or 'nobody'}"
        yield Mismatch(TABLE, ids, "an enrollment of the participant", found)
    if not 0 <= one.paid_in_year <= one.paid_before or one.available < 0:
        found = f"{one.paid_in_year} of {one.paid_before}, available {one.available}"
        yield Mismatch(TABLE, ids, "a part of what was paid before", found)
    yield from of_settling(TABLE, ids, row.proposal)
    is_withdrawn = row.status == "withdrawn"
    parts = (row.withdrawn_at, row.withdrawn_by, row.unrecovered)
    if any((part is not None) != is_withdrawn for part in parts):
        found = f"{row.status}, withdrawn at {row.withdrawn_at} by {row.withdrawn_by}"
        yield Mismatch(TABLE, ids, "somebody who withdrew it exactly if it is withdrawn", found)
    elif is_withdrawn and row.withdrawn_by == row.proposal.proposed_by:
        expected = f"withdrawn by somebody else than {row.proposal.proposed_by}"
        yield Mismatch(TABLE, ids, expected, f"{row.withdrawn_by}")
    if not 0 <= (row.unrecovered or 0) <= one.available:
        yield Mismatch(TABLE, ids, f"unrecovered from 0 to {one.available}", f"{row.unrecovered}")


def told_of_opening(row: OpeningRow) -> Iterator[Mismatch]:
    """Where the audit trail tells of other persons, times or amounts than the opening."""
    ids, settled = _ids(row.brought), opening_settled(row.brought.unit)
    yield from of_told(TABLE, ids, row.proposal, opening_proposed(row.brought), settled)
    if row.withdrawn_by is not None and row.withdrawn_at is not None:
        detail = opening_withdrawn(row.brought.unit, row.unrecovered or 0)
        expected = words_of("withdrawn", row.withdrawn_by, row.withdrawn_at, detail)
        told = row.told_withdrawn
        said = "nothing" if told is None else f"withdrawn by {told.by} at {told.at}: {told.detail}"
        if said != expected:
            yield Mismatch(TABLE, ids, f"what the audit trail says: {said}", expected)


def opening_dues_of(one: Brought, status: str, unrecovered: int | None) -> Iterator[Due]:
    """The transfers that an opening calls for: none until it is approved, and as many back once withdrawn."""
    if status not in {"approved", "withdrawn"}:
        # It is named as a cause all the same: a transfer of it that is there is one too many.
        yield Due(TABLE, _ids(one), "opening", one.opening, 0, one.unit, ("issued", "available"), None, None)
        return
    movements = list(entering(one))
    if status == "withdrawn":
        movements += leaving(one, min(unrecovered or 0, one.available))
    for movement in movements:
        yield Due(
            TABLE,
            _ids(one),
            "opening",
            one.opening,
            movement.amount,
            movement.unit,
            (movement.source, movement.destination),
            movement.day,
            movement.funding,
            movement.enrollment,
        )


def _ids(one: Brought) -> dict[str, str]:
    return {"opening_id": str(one.opening), "participant_id": str(one.participant)}
